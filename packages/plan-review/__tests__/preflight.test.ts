/** Open routes OPTIONS of REST APIs: a mock integration makes them answers to preflight requests, any other integration does not. */
import { parsePlan } from '../src';
import { changeWarnings, warningTexts } from './support/warnings';
import { planWith, rawPlan, resource } from './support/plans';

const AT = { rest_api_id: 'abc', resource_id: 'r1', http_method: 'OPTIONS' };
const METHOD = { ...AT, authorization: 'NONE', api_key_required: false };
const METHOD_TYPE = 'aws_api_gateway_method';
const INTEGRATION_TYPE = 'aws_api_gateway_integration';
const mock = { ...AT, type: 'MOCK' };

type PlannedChange = readonly [type: string, before: unknown, after: unknown];

const access = (...changes: readonly PlannedChange[]) =>
  warningTexts(planWith(...changes)).filter((text) => text.startsWith('access'));
const created = (method: object, ...integrations: readonly object[]) =>
  access(
    [METHOD_TYPE, null, method],
    ...integrations.map((integration): PlannedChange => [INTEGRATION_TYPE, null, integration]),
  );
const OPEN = `access: ${METHOD_TYPE}.r0 is a new route of an existing API, open to anyone`;

test('a new method OPTIONS with a mock integration causes no warning', () => {
  expect(created(METHOD, mock)).toEqual([]);
  const otherPath = { ...AT, resource_id: 'r2' };
  expect(
    created(METHOD, mock, { ...otherPath, type: 'MOCK' }, { ...otherPath, http_method: 'GET', type: 'AWS_PROXY' }),
  ).toEqual([]);
});

test.each<[string, object, readonly object[]]>([
  ['another integration', METHOD, [{ ...mock, type: 'AWS_PROXY', uri: 'arn' }]],
  ['an HTTP integration', METHOD, [{ ...mock, type: 'HTTP_PROXY', uri: 'https://a.example' }]],
  ['no integration', METHOD, []],
  ['a mock integration of another path', METHOD, [{ ...mock, resource_id: 'r2' }]],
  ['a mock integration of another API', METHOD, [{ ...mock, rest_api_id: 'def' }]],
  ['a mock integration of another method', METHOD, [{ ...mock, http_method: 'GET' }]],
  ['a mock and another integration', METHOD, [mock, { ...mock, type: 'AWS_PROXY', uri: 'arn' }]],
  ['a type in other letters', METHOD, [{ ...mock, type: 'mock' }]],
  ['the method ANY', { ...METHOD, http_method: 'ANY' }, [{ ...mock, http_method: 'ANY' }]],
  ['the method GET', { ...METHOD, http_method: 'GET' }, [{ ...mock, http_method: 'GET' }]],
])('a new open method with %s causes a warning', (_, method, integrations) => {
  expect(created(method, ...integrations)).toContainEqual(OPEN);
});

describe('of a path that the plan creates', () => {
  /** @param ids the resource whose id each attribute resource_id is: of the method, and of the integrations */
  const plan = (types: readonly string[], ids: readonly string[]) => {
    const after = { rest_api_id: 'abc', http_method: 'OPTIONS' };
    const unknown = { resource_id: true };
    const change = (more: object) => ({
      actions: ['create'],
      before: null,
      after: { ...after, ...more },
      after_unknown: unknown,
    });
    const addresses = [`${METHOD_TYPE}.a`, ...types.map((_, index) => `${INTEGRATION_TYPE}.i${index}`)];
    const resources = [
      resource(METHOD_TYPE, change({ authorization: 'NONE' })),
      ...types.map((type, index) => resource(INTEGRATION_TYPE, change({ type }), `i${index}`)),
    ];
    const expressions = (id: string) => ({ resource_id: { references: id === '' ? [] : [`${id}.id`, id] } });
    const configured = addresses.map((address, index) => ({ address, expressions: expressions(ids[index] ?? '') }));
    const raw = { ...rawPlan(...resources), configuration: { root_module: { resources: configured } } };
    return warningTexts(parsePlan(raw, 'plan.json', 's')).filter((text) => text.startsWith('access'));
  };
  const PATH = 'aws_api_gateway_resource.items';
  const OTHER = 'aws_api_gateway_resource.orders';

  test('a mock integration with a reference to the same path causes no warning', () => {
    expect(plan(['MOCK'], [PATH, PATH])).toEqual([]);
    expect(plan(['MOCK', 'MOCK'], [PATH, PATH, OTHER])).toEqual([]);
  });

  test.each([
    ['a reference to another path', ['MOCK'], [PATH, OTHER]],
    ['no reference', ['MOCK'], [PATH, '']],
    ['another integration of the path', ['AWS_PROXY'], [PATH, PATH]],
    ['a further integration that may belong to the path', ['MOCK', 'AWS_PROXY'], [PATH, PATH, '']],
  ])('%s causes a warning', (_, types, ids) => {
    expect(plan(types, ids)).toContainEqual(expect.stringMatching(/open to anyone$/));
  });
});

describe('an existing method', () => {
  test('that gets another path causes no warning with its mock integration', () => {
    const moved = { ...METHOD, resource_id: 'r2' };
    const change = [METHOD_TYPE, METHOD, moved] as const;
    expect(access(change, [INTEGRATION_TYPE, mock, { ...mock, resource_id: 'r2' }])).toEqual([]);
    expect(access(change)).toEqual([expect.stringMatching(/open to anyone, and has another `resource_id`/)]);
  });

  test.each([
    ['AWS_PROXY', 'access: no longer only answers preflight requests: `type` `AWS_PROXY` instead of `MOCK`'],
    ['HTTP', 'access: no longer only answers preflight requests: `type` `HTTP` instead of `MOCK`'],
  ])('whose mock integration becomes %s causes a warning', (type, expected) => {
    expect(changeWarnings(INTEGRATION_TYPE, mock, { ...mock, type, uri: 'arn' })).toContainEqual(expected);
  });

  test('that gets a new integration causes a warning, except for a mock', () => {
    expect(changeWarnings(INTEGRATION_TYPE, null, { ...mock, type: 'AWS_PROXY' })).toContainEqual(
      'access: is a new integration of an existing route `OPTIONS`: `type` `AWS_PROXY`',
    );
    expect(changeWarnings(INTEGRATION_TYPE, null, mock)).toEqual([]);
    expect(changeWarnings(INTEGRATION_TYPE, null, { ...mock, http_method: 'GET', type: 'AWS_PROXY' })).toEqual([]);
  });

  test('whose authorization ends causes a warning, also with a mock integration', () => {
    expect(
      access([METHOD_TYPE, { ...METHOD, authorization: 'AWS_IAM' }, METHOD], [INTEGRATION_TYPE, null, mock]),
    ).toEqual([expect.stringMatching(/no longer authorizes callers/)]);
  });
});

describe('in an OpenAPI document', () => {
  const document = (operations: object) => ({ body: JSON.stringify({ paths: { '/a': operations } }) });
  const operation = (type?: string) => ({ ...(type && { 'x-amazon-apigateway-integration': { type } }) });
  const warningsFor = (operations: object, type = 'aws_api_gateway_rest_api') =>
    changeWarnings(type, document({}), document(operations)).filter((text) => text.startsWith('access'));
  const opened = expect.stringMatching(/^access: has a new operation that is open to anyone/) as string;

  test('an operation OPTIONS with a mock integration causes no warning', () => {
    expect(warningsFor({ options: operation('mock') })).toEqual([]);
    expect(warningsFor({ options: operation('MOCK') })).toEqual([]);
  });

  const [REST, HTTP] = ['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'] as const;

  test.each<[string, string, object]>([
    ['another integration', REST, { options: operation('aws_proxy') }],
    ['no integration', REST, { options: operation() }],
    ['another method', REST, { get: operation('mock') }],
    ['any method', REST, { 'x-amazon-apigateway-any-method': operation('mock') }],
    ['a second spelling', REST, { OPTIONS: operation('http'), options: operation('mock') }],
    ['a mock integration of an HTTP API', HTTP, { options: operation('mock') }],
  ])('an open operation with %s causes a warning', (_, type, operations) => {
    expect(warningsFor(operations, type)).toEqual([opened]);
  });
});
