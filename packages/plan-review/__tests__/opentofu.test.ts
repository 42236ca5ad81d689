/**
 * Plans of OpenTofu. The recorded plans of Terraform are changed as OpenTofu 1.13 writes them (internal/command/jsonplan and jsonconfig):
 * its own registry, no `applyable` and `complete`, and `required` at variables without a default.
 */
import { parsePlan, summarize, terminalWarnings } from '../src';
import type { RawPlan } from '../src/read/schema';
import { fixtureNames, rawFixture, rawPlan, resource } from './support/plans';
import { warningTexts } from './support/warnings';

function openTofuPlan(name: string): RawPlan {
  const text = JSON.stringify(rawFixture(name)).replaceAll('registry.terraform.io', 'registry.opentofu.org');
  const isMissing = (key: string) => ['applyable', 'complete'].includes(key);
  const plan = JSON.parse(text, (key, value: unknown) => (isMissing(key) ? undefined : value)) as RawPlan;
  const { configuration } = plan;
  const { variables, ...module } = configuration?.root_module ?? {};
  const required = Object.entries(variables ?? {}).map(([key, value]) => [
    key,
    'default' in Object(value) ? value : { ...Object(value), required: true },
  ]);
  const root_module = { ...module, ...(variables && { variables: Object.fromEntries(required) }) };
  return { ...plan, ...(configuration && { configuration: { ...configuration, root_module } }) };
}

/** The recorded plans lack the resources that stay unchanged. */
const UNCHANGED = resource('aws_sqs_queue', { actions: ['no-op'], before: {}, after: {} }, 'unchanged');

const parse = ({ resource_changes = [], ...raw }: RawPlan) =>
  parsePlan({ ...raw, resource_changes: [...resource_changes, UNCHANGED] }, 'plan.json', 'stack');

test.each(fixtureNames)('the plan %s has the same summary and warnings as with Terraform', (name) => {
  const [terraform, openTofu] = [parse(rawFixture(name)), parse(openTofuPlan(name))];
  const text = (plan: typeof terraform) => summarize([plan]).replaceAll(/[0-9a-f]{16,}|<!-- .* -->/g, '');
  expect(text(openTofu)).toBe(text(terraform));
  expect(terminalWarnings([openTofu])).toEqual(terminalWarnings([terraform]));
});

test.each([
  ['delete_because_enabled_false', ['delete'], 'its argument enabled is false'],
  ['forgot_because_lifecycle_destroy_in_config', ['forget'], 'its argument lifecycle.destroy is false'],
  ['forgot_because_lifecycle_destroy_in_state', ['forget'], 'lifecycle.destroy was false in the last apply'],
  ['replace_because_cannot_update', ['forget', 'create'], ''],
])('knows the reason %s and the actions %j', (action_reason, actions, text) => {
  const after = actions.includes('create') ? {} : null;
  const changed = { ...resource('aws_sqs_queue', { actions, before: {}, after }), action_reason };
  expect(summarize([parse(rawPlan(changed))])).toContain(text);
});

test('an action of the AWS provider is named without its publisher', () => {
  const invocation = { address: 'action.aws_lambda_invoke.a', type: 'aws_lambda_invoke' };
  const plan = {
    ...rawPlan(),
    action_invocations: [{ ...invocation, provider_name: 'registry.opentofu.org/hashicorp/aws' }],
  };
  expect(warningTexts(parse(plan))).toEqual([
    'runs: action.aws_lambda_invoke.a invokes the action `aws_lambda_invoke`',
  ]);
});
