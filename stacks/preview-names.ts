/** Refuses names that only previews may have: the preview role may change all resources with a name such as `acme-orders-pr-7`. */
import type { TerraformStack } from 'cdktf';
import { isPreview } from './previews';
import type { Settings } from './setting-types';
import { SettingsError } from './settings';

/** The inputs with which Terraform names functions, and all other resources. */
interface Named {
  readonly functionNameInput?: unknown;
  readonly nameInput?: unknown;
}

/**
 * Checks the names in the stacks of a deployment that is not a preview.
 * @throws SettingsError with the names that the preview role could use
 * @example refusePreviewNames(stacks, settings); // refuses the API `open-pr-list`, whose table is `acme-open-pr-list`
 */
export function refusePreviewNames(stacks: readonly TerraformStack[], settings: Settings): void {
  if (!settings.previews || isPreview(settings)) return;
  const previewName = new RegExp(`^${settings.namePrefix}-.*-pr-`);
  const names = stacks.flatMap(namesOf).filter((name) => previewName.test(name));
  if (names.length === 0) return;
  throw new SettingsError([
    `previews is true, but the preview role could use ${[...new Set(names)].join(', ')}: names of previews contain -pr-. Rename the ` +
      'API or the route, or set previews to false.',
  ]);
}

function namesOf(stack: TerraformStack): string[] {
  return stack.node.findAll().flatMap((construct) => {
    const { functionNameInput, nameInput } = construct as Named;
    return [functionNameInput, nameInput].filter((name) => typeof name === 'string');
  });
}
