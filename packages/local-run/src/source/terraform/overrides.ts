/** Override files, which Terraform merges with the user's configuration: without backends, and without provisioners. */
import type { ModuleFolder } from './module-folder';

/**
 * Overrides the user's override files, too: Terraform merges them in the order of their names, byte by byte. No valid name sorts
 * behind a name that begins with the last character of Unicode.
 */
export const OVERRIDE_FILE = '\u{10FFFF}local-run_override.tf.json';

/**
 * The content of `.terraform/terraform.tfstate` after `terraform init` of the overriding backend. Without it, Terraform refuses
 * to run before `terraform init`.
 */
export const INITIALIZED_BACKEND = JSON.stringify({
  version: 3,
  serial: 1,
  lineage: 'local-run',
  backend: { type: 'local', config: { path: null, workspace_dir: null }, hash: 0 },
});

/** Replaces all provisioners of a resource. Terraform runs it only when it destroys the resource, which the local run never does. */
const UNUSED_PROVISIONER = [{ 'local-exec': { when: 'destroy', command: 'true' } }];

/** Whether the root module has a block `backend` or `cloud`. */
export function hasBackend({ blocks }: ModuleFolder): boolean {
  return blocks.some(({ type, nested }) => type === 'terraform' && (nested.has('backend') || nested.has('cloud')));
}

/** The resources that have provisioners, as pairs of type and name. */
export function provisionedResources({ blocks }: ModuleFolder): (readonly [type: string, name: string])[] {
  return blocks.flatMap(({ type, labels: [resourceType, name], nested }) =>
    type === 'resource' && resourceType !== undefined && name !== undefined && nested.has('provisioner')
      ? [[resourceType, name] as const]
      : [],
  );
}

/**
 * @param runsProvisioners whether provisioners stay as they are
 * @returns the text of the override file of a module folder; undefined when it needs none
 */
export function overrideOf(module: ModuleFolder, isRoot: boolean, runsProvisioners: boolean): string | undefined {
  const terraform = isRoot && hasBackend(module) ? { terraform: { backend: { local: {} } } } : {};
  const provisioned = runsProvisioners ? [] : provisionedResources(module);
  const resource = provisioned.map(([type, name]) => ({
    [type]: { [name]: { provisioner: UNUSED_PROVISIONER } },
  }));
  const content = { ...terraform, ...(provisioned.length === 0 ? {} : { resource }) };
  return Object.keys(content).length === 0 ? undefined : JSON.stringify(content);
}
