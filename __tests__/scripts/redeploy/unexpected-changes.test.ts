/** The plan that replaces a deployment: it applies nothing else. */
import { unexpectedChanges } from '../../../scripts/redeploy/unexpected-changes';

const DEPLOYMENT = 'aws_api_gateway_deployment.api';

const resource = (address: string, actions: readonly string[], rest: object = {}) => ({
  address,
  type: address.split('.')[0] ?? '',
  change: { actions, ...rest },
});

const STAGE = {
  ...{ rest_api_id: 'abc123', deployment_id: 'old', stage_name: 'prod' },
  ...{ tags: { team: 'shop' }, variables: null },
};
const stage = (after: object, unknown: object = { deployment_id: true, tags: {} }, before: object = STAGE) => {
  const { deployment_id: _, ...others } = { ...STAGE, ...before };
  return resource('aws_api_gateway_stage.api', ['update'], {
    before,
    after: { ...others, ...after },
    after_unknown: unknown,
  });
};
const replaced = resource(DEPLOYMENT, ['create', 'delete'], { before: { rest_api_id: 'abc123' } });

const unexpected = (
  resources: ReturnType<typeof resource>[],
  outputs = {},
  references: Record<string, string[]> = {},
) =>
  unexpectedChanges(
    {
      resource_changes: resources,
      output_changes: outputs,
      configuration: {
        root_module: {
          outputs: Object.fromEntries(
            Object.entries(references).map(([name, list]) => [name, { expression: { references: list } }]),
          ),
        },
      },
    },
    [DEPLOYMENT],
  );

test('the replacement, the id in the stage, and outputs that follow from it are expected', () => {
  const outputs = {
    deployment: { actions: ['update'], before: 'old', after_unknown: true },
    url: { actions: ['no-op'], before: 'https://a', after: 'https://a', after_unknown: false },
  };
  const references = { deployment: [`${DEPLOYMENT}.id`, DEPLOYMENT] };
  const others = [resource('aws_lambda_function.function', ['no-op']), resource('data.aws_region.current', ['read'])];
  expect(unexpected([replaced, stage({}), ...others], outputs, references)).toEqual([]);
  expect(unexpected([replaced, stage({}, { deployment_id: true, invoke_url: true, execution_arn: true })])).toEqual([]);
});

test.each([
  ['another attribute of the stage', stage({ tags: { team: 'other' } })],
  ['an unknown attribute of the stage', stage({}, { deployment_id: true, access_log_settings: [{ format: true }] })],
  ['an attribute that the stage loses', stage({ stage_name: undefined })],
  ['a stage that gets another known deployment', stage({ deployment_id: 'other' }, {})],
  ['a stage of another API', stage({}, { deployment_id: true }, { ...STAGE, rest_api_id: 'def456' })],
  ['a replaced stage', resource('aws_api_gateway_stage.api', ['delete', 'create'])],
  ['another deployment', resource('aws_api_gateway_deployment.other', ['create', 'delete'])],
  ['another resource', resource('aws_lambda_function.function', ['update'])],
  ['a new resource', resource('aws_api_gateway_method.get', ['create'])],
  ['a forgotten resource', resource('aws_api_gateway_method.get', ['forget'])],
])('%s is unexpected', (_, other) => {
  expect(unexpected([replaced, other])).toEqual([other.address]);
});

test('a deployment that is not replaced is listed', () => {
  const listed = [`${DEPLOYMENT} (not replaced)`];
  expect(unexpected([])).toEqual(listed);
  for (const actions of [['no-op'], ['create'], ['delete'], ['update']])
    expect(unexpected([resource(DEPLOYMENT, actions)])).toEqual(listed);
});

describe('an output', () => {
  const READ = resource('data.aws_region.current', ['read']);
  const OUTPUT = ['output.url'];
  const update = { actions: ['update'], before: 'https://a' };
  const unknown = { url: { ...update, after_unknown: true } };
  const STAGE_URL = ['aws_api_gateway_stage.api.invoke_url', 'aws_api_gateway_stage.api'];

  test('with a new known value is unexpected', () => {
    const outputs = { url: { ...update, after: 'https://b', after_unknown: false } };
    expect(unexpected([replaced, stage({})], outputs, { url: STAGE_URL })).toEqual(OUTPUT);
  });

  test('with an unknown value is expected only if it refers to the deployment or its stage', () => {
    expect(unexpected([replaced, stage({})], unknown, { url: STAGE_URL })).toEqual([]);
    expect(unexpected([replaced, stage({})], unknown)).toEqual(OUTPUT);
    const others = ['aws_api_gateway_stage.api2.invoke_url', 'aws_api_gateway_stage.api2'];
    expect(unexpected([replaced, stage({})], unknown, { url: others })).toEqual(OUTPUT);
  });

  test('that also refers to a data source, which the apply reads, is unexpected', () => {
    const references = [...STAGE_URL, 'data.aws_region.current.name', 'data.aws_region.current'];
    expect(unexpected([replaced, stage({}), READ], unknown, { url: references })).toEqual(OUTPUT);
  });
});
