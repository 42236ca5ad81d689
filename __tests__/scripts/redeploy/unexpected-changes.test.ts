/** The plan that replaces a deployment: it applies nothing else. */
import { unexpectedChanges } from '../../../scripts/redeploy/unexpected-changes';

const DEPLOYMENT = 'aws_api_gateway_deployment.api';

const resource = (address: string, actions: readonly string[], rest: object = {}) => ({
  address,
  type: address.split('.')[0] ?? '',
  change: { actions, ...rest },
});

const STAGE = { deployment_id: 'old', stage_name: 'prod', tags: { team: 'shop' }, variables: null };
const stage = (after: object, unknown: object = { deployment_id: true, tags: {} }) => {
  const { deployment_id: _, ...others } = STAGE;
  return resource('aws_api_gateway_stage.api', ['update'], {
    before: STAGE,
    after: { ...others, ...after },
    after_unknown: unknown,
  });
};
const replaced = resource(DEPLOYMENT, ['create', 'delete']);

const unexpected = (resources: ReturnType<typeof resource>[], outputs = {}) =>
  unexpectedChanges({ resource_changes: resources, output_changes: outputs }, [DEPLOYMENT]);

test('the replacement, the id in the stage, and outputs that follow from it are expected', () => {
  const outputs = {
    deployment: { actions: ['update'], before: 'old', after_unknown: true },
    url: { actions: ['no-op'], before: 'https://a', after: 'https://a', after_unknown: false },
  };
  const others = [resource('aws_lambda_function.function', ['no-op']), resource('data.aws_region.current', ['read'])];
  expect(unexpected([replaced, stage({}), ...others], outputs)).toEqual([]);
  expect(unexpected([replaced, stage({}, { deployment_id: true, invoke_url: true, execution_arn: true })])).toEqual([]);
});

test.each([
  ['another attribute of the stage', stage({ tags: { team: 'other' } })],
  ['an unknown attribute of the stage', stage({}, { deployment_id: true, access_log_settings: [{ format: true }] })],
  ['an attribute that the stage loses', stage({ stage_name: undefined })],
  ['a replaced stage', resource('aws_api_gateway_stage.api', ['delete', 'create'])],
  ['another deployment', resource('aws_api_gateway_deployment.other', ['create', 'delete'])],
  ['another resource', resource('aws_lambda_function.function', ['update'])],
  ['a new resource', resource('aws_api_gateway_method.get', ['create'])],
  ['a forgotten resource', resource('aws_api_gateway_method.get', ['forget'])],
])('%s is unexpected', (_, other) => {
  expect(unexpected([replaced, other])).toEqual([other.address]);
});

test('a deployment that is only created or deleted is unexpected', () => {
  expect(unexpected([resource(DEPLOYMENT, ['create'])])).toEqual([DEPLOYMENT]);
  expect(unexpected([resource(DEPLOYMENT, ['delete'])])).toEqual([DEPLOYMENT]);
});

test('an output with a new known value is unexpected', () => {
  const outputs = { url: { actions: ['update'], before: 'https://a', after: 'https://b', after_unknown: false } };
  expect(unexpected([replaced], outputs)).toEqual(['output.url']);
});
