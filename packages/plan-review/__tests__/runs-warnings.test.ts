/** Warnings about programs that the apply runs: managed resources that run something, and providers of other publishers. */
import { parsePlan } from '../src';
import type { RawResource } from '../src/read/raw-plan';
import { AWS, references } from './support/configuration';
import { rawPlan, resource } from './support/plans';
import { expectWarnings, type WarningCase, warningTexts } from './support/warnings';

const invocation = { function_name: 'empty-all', input: '{"really":true}', lifecycle_scope: 'CREATE_ONLY' };

test.each<WarningCase>([
  ['a new invocation', 'aws_lambda_invocation', null, invocation, [/^runs: invokes a function: .*`empty-all`.*really/]],
  ['another input', 'aws_lambda_invocation', { ...invocation, input: '{}' }, invocation, [/^runs: .*really/]],
  [
    'a deleted invocation for its whole life',
    'aws_lambda_invocation',
    { ...invocation, lifecycle_scope: 'CRUD' },
    null,
    [/^runs: .*`empty-all`/],
  ],
  ['a deleted invocation', 'aws_lambda_invocation', invocation, null, []],
  ['a statement', 'aws_redshiftdata_statement', null, { database: 'a', sql: 'DROP TABLE a' }, [/^runs: .*DROP TABLE/]],
  ['a document', 'aws_ssm_association', null, { name: 'AWS-RunShellScript' }, [/^runs: .*AWS-RunShellScript/]],
])('%s', (_, ...row) => {
  expectWarnings(...row);
});

test.each(['data', 'ephemeral'])('a %s aws_ecs_task_execution runs a task', (mode) => {
  const task = { address: `${mode}.aws_ecs_task_execution.a`, mode, type: 'aws_ecs_task_execution' };
  const root_module = { resources: [{ ...task, expressions: { cluster: references('var.a') } }] };
  const plan = parsePlan({ ...rawPlan(), configuration: { root_module } }, 'plan.json', 'stack');
  expect(warningTexts(plan)).toEqual([expect.stringMatching(/^runs: .*aws_ecs_task_execution/)]);
});

/** A plan that changes a function and a dashboard. @param known the providers of the resources in the state */
function planWith(provider: string, known: readonly string[], more: object = {}) {
  const update = { actions: ['update'], before: { timeout: 3 }, after: { timeout: 9 } };
  const changed = { ...resource('aws_lambda_function', update), provider_name: provider } as RawResource;
  const resources = known.map((name, index) => ({ address: `a.a${index}`, mode: 'managed', provider_name: name }));
  const prior_state = { values: { root_module: { resources } } };
  return parsePlan({ ...rawPlan(changed), prior_state, ...more }, 'plan.json', 'stack');
}

const GRAFANA = 'registry.terraform.io/grafana/grafana';

test.each([
  ['registry.terraform.io/evil/aws', [AWS]],
  ['registry.terraform.io/evil/aws', [AWS, 'registry.terraform.io/evil/aws']],
  ['registry.example/hashicorp/aws', [AWS]],
  [GRAFANA, [AWS]],
  [GRAFANA, []],
])('warns of the provider %s beside the known providers %j', (provider, known) => {
  expect(warningTexts(planWith(provider, known))).toEqual([
    expect.stringMatching(new RegExp(`^runs: provider ${provider} comes from another publisher`)),
  ]);
});

test.each([
  [AWS, []],
  ['registry.opentofu.org/hashicorp/aws', []],
  ['terraform.io/builtin/terraform', []],
  [GRAFANA, [AWS, GRAFANA]],
])('is quiet about the provider %s beside the known providers %j', (provider, known) => {
  expect(warningTexts(planWith(provider, known))).toEqual([]);
});

test('warns of a provider that only a data source of a module uses, and of one without resources', () => {
  const module = {
    resources: [{ address: 'data.http_page.a', mode: 'data', type: 'http_page', provider_config_key: 'module.m:page' }],
  };
  const configuration = {
    provider_config: {
      'module.m:page': { full_name: 'registry.terraform.io/evil/page', module_address: 'module.m' },
      unused: { full_name: 'registry.terraform.io/grafana/unused' },
    },
    root_module: { module_calls: { m: { module } } },
  };
  expect(warningTexts(planWith(AWS, [AWS], { configuration }))).toEqual([
    expect.stringMatching(/^runs: provider registry\.terraform\.io\/evil\/page /),
    expect.stringMatching(/^runs: provider registry\.terraform\.io\/grafana\/unused /),
  ]);
});
