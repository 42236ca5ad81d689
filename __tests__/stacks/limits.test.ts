/** Stacks of contracts at the limits of AWS and of Terraform. */
import { contractFaults } from '../../constructs/contract-check/check-contract';
import type { Api } from '../../function/contract/api';
import { handlers, models, templates, wide } from '../support/extreme-contracts';
import { synth, type Synthesized } from '../support/synth';

test.each<[string, Api]>([
  ['templates', templates],
  ['models', models],
  ['handlers', handlers],
  ['wide', wide(300)],
])('the contract %s has no faults', (_, contract) => {
  expect(contractFaults(contract)).toEqual([]);
});

/** Makes a function's resource policy as Lambda writes it, in a region with a long name. */
function resourcePolicy({ resource }: Synthesized): string {
  const functionName = resource['aws_lambda_function']?.['function'].function_name as string;
  const statements = Object.values(resource['aws_lambda_permission'] ?? {}).map(({ statement_id, source_arn }) => ({
    Sid: statement_id as string,
    Effect: 'Allow',
    Principal: { Service: 'apigateway.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: `arn:aws:lambda:ap-southeast-1:123456789012:function:${functionName}:live`,
    Condition: {
      ArnLike: {
        'AWS:SourceArn': (source_arn as string).replace(
          /\$\{[^}]*\}/,
          'arn:aws:execute-api:ap-southeast-1:123456789012:abcdefghij',
        ),
      },
    },
  }));
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
}

describe.each(['http-api', 'rest-api'] as const)('the permissions of a function of an %s', (gateway) => {
  test.each([55, 60, 300])('fit into its resource policy with %i routes', (routes) => {
    expect(resourcePolicy(synth(wide(routes, gateway))).length).toBeLessThanOrEqual(20_480);
  });

  test('name each route while they fit', () => {
    const sources = Object.values(synth(wide(50, gateway)).resource['aws_lambda_permission'] ?? {});
    expect(sources).toHaveLength(50);
    expect(sources.map(({ source_arn: arn }) => /\/\*\/.*/.exec(arn as string)?.[0])).toContain(
      '/*/POST/resources-of-kind-49',
    );
  });

  test('are one permission for the whole API when they do not fit', () => {
    expect(Object.entries(synth(wide(80, gateway)).resource['aws_lambda_permission'] ?? {})).toEqual([
      [
        'live_function_all_routes',
        expect.objectContaining({
          statement_id: 'live_function_all_routes',
          source_arn: expect.stringMatching(/execution_arn\}\/\*\/\*$/),
        }),
      ],
    ]);
  });

  test('name each route when each route has its own function', () => {
    const { resource } = synth(wide(80, gateway), { functionPerRoute: true });
    expect(Object.keys(resource['aws_lambda_permission'] ?? {})).toHaveLength(80);
  });
});

test('statement ids and model names are unique and short enough, even for long paths', () => {
  const { resource } = synth(models, { requestValidation: true });
  const ids = Object.values(resource['aws_lambda_permission'] ?? {}).map(({ statement_id }) => statement_id as string);
  const names = Object.values(resource['aws_api_gateway_model'] ?? {}).map(({ name }) => name as string);
  for (const list of [ids, names]) expect(new Set(list).size).toBe(Object.keys(models.routes).length);
  expect(Math.max(...ids.map(({ length }) => length))).toBe(100);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9]+$/);
});

test('functions of handlers have unique names that Terraform and Lambda allow', () => {
  const { resource } = synth(handlers, { functionPerRoute: true });
  const functions = Object.entries(resource['aws_lambda_function'] ?? {});
  expect(functions).toHaveLength(Object.keys(handlers.routes).length);
  expect(new Set(functions.map(([, { function_name: name }]) => name as string)).size).toBe(functions.length);
  for (const [id, { function_name: name }] of functions) {
    expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(name).toMatch(/^a-name-of-[a-z0-9-]{1,54}$/);
  }
  expect(functions.map(([id]) => id)).toEqual(
    expect.arrayContaining(['api-get-h1', 'code', 'handler', 'handler-get-h8', 'handler-1', 'create-post-xs-2']),
  );
  // The Terraform name of the API's log group is `api`, so no function may use it.
  expect(resource['aws_cloudwatch_log_group']?.['api'].name).toMatch(/vendedlogs/);
});

test('texts of a contract are escaped, so that Terraform does not read them as templates', () => {
  const { resource } = synth(templates);
  expect(resource['aws_dynamodb_table']?.['table']).toMatchObject({
    hash_key: '$${partition}',
    range_key: '%%{sort}',
    ttl: { attribute_name: '$${until}' },
  });
  expect(resource['aws_apigatewayv2_route']?.['post_x'].api_id).toBe('${aws_apigatewayv2_api.api.id}');
});
