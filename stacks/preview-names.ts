/** Refuses names that only previews may have: the preview role may change all resources with a name such as `acme-orders-pr-7`. */
import type { TerraformStack } from 'cdktf';
import { hasPreviews, isPreview } from './previews';
import type { Settings } from './setting-types';
import { SettingsError } from './settings';

/** The inputs with which Terraform names functions, all other resources, and the indexes of tables. */
interface Named {
  readonly functionNameInput?: unknown;
  readonly nameInput?: unknown;
  readonly globalSecondaryIndexInput?: unknown;
}

/**
 * Checks the names in the stacks of a deployment that is not a preview.
 * @throws SettingsError with the names that the preview role could use
 * @param stacks all stacks of the app, also those that a project adds
 * @example refusePreviewNames(stacks, settings); // refuses the API `open-pr-list`, whose table is `acme-open-pr-list`
 */
export function refusePreviewNames(stacks: readonly TerraformStack[], settings: Settings): void {
  if (!hasPreviews(settings.previews) || isPreview(settings)) return;
  const previewName = new RegExp(`^${settings.namePrefix}-.*-pr-`);
  const names = stacks.flatMap(namesOf).filter((name) => previewName.test(name));
  if (names.length === 0) return;
  throw new SettingsError([
    `previews is ${settings.previews}, but the preview role could use ${[...new Set(names)].join(', ')}: names of previews contain ` +
      '-pr-. Rename the API, the route or the index, or set previews to OFF.',
  ]);
}

function namesOf(stack: TerraformStack): string[] {
  return stack.node.findAll().flatMap((construct) => {
    const { functionNameInput, nameInput, globalSecondaryIndexInput: indexes } = construct as Named;
    const names = [functionNameInput, nameInput].filter((name) => typeof name === 'string');
    // The ARN of an index contains the names of table and index, and `*` in a policy matches both.
    const found = Array.isArray(indexes) ? (indexes as readonly { readonly name: string }[]) : [];
    return [...names, ...found.map(({ name }) => `${String(nameInput)}/index/${name}`)];
  });
}
