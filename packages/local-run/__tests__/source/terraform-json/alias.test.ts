/** Aliases and versions of functions, and the qualifier of permissions. */
import { setAttribute } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';
import { servePets } from '../../support/served-pets';

const serve = servePets();

const FUNCTION = 'aws_lambda_function.function';
const INTEGRATION = 'aws_apigatewayv2_integration.function';

const SOURCE = `exports.handler = async (event, { invokedFunctionArn, functionVersion }) => ({
  arn: invokedFunctionArn, version: functionVersion, environment: process.env.AWS_LAMBDA_FUNCTION_VERSION,
})`;

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:pets-function';

/** Publishes the function and invokes it through an alias. */
function addAlias(template: Template, alias: object = {}): void {
  const { resource } = template;
  setAttribute(resource, FUNCTION, 'publish', true);
  resource['aws_lambda_alias'] = {
    live: {
      name: 'live',
      description: 'the version that the API invokes',
      function_name: '${aws_lambda_function.function.function_name}',
      function_version: '${aws_lambda_function.function.version}',
      ...alias,
    },
  };
  setAttribute(resource, INTEGRATION, 'integration_uri', '${aws_lambda_alias.live.invoke_arn}');
}

function setQualifier({ resource }: Template, qualifier: unknown): void {
  for (const name of Object.keys(resource['aws_lambda_permission'] ?? {}).filter((key) => key !== 'health'))
    setAttribute(resource, `aws_lambda_permission.${name}`, 'qualifier', qualifier);
}

test('an integration invokes the published version through the alias', async () => {
  const { get } = await serve(
    (template) => {
      addAlias(template);
      setQualifier(template, '${aws_lambda_alias.live.name}');
    },
    { source: SOURCE },
  );
  expect((await get('/pets')).json).toEqual({ arn: `${ARN}:live`, version: '1', environment: '1' });
  expect((await get('/health')).json).toMatchObject({ version: '$LATEST', environment: '$LATEST' });
});

test.each<[string, string | undefined, number]>([
  ['the alias', 'live', 200],
  ['the function itself', undefined, 500],
  ['another alias', 'next', 500],
])('a permission for %s lets the API invoke the alias: %s %i', async (_name, qualifier, status) => {
  const { get } = await serve((template) => {
    addAlias(template);
    setQualifier(template, qualifier ?? null);
  });
  expect((await get('/pets')).status).toBe(status);
});

test('a permission for an alias does not let the API invoke the function without the alias', async () => {
  const { get } = await serve((template) => setQualifier(template, 'live'));
  expect((await get('/pets')).status).toBe(500);
});

test('a permission can name the alias in its function_name', async () => {
  const { get } = await serve((template) => {
    addAlias(template);
    for (const name of Object.keys(template.resource['aws_lambda_permission'] ?? {}).filter((key) => key !== 'health'))
      setAttribute(template.resource, `aws_lambda_permission.${name}`, 'function_name', '${aws_lambda_alias.live.arn}');
  });
  expect((await get('/pets')).status).toBe(200);
});

test.each<[string, object]>([
  ['routing_config', { routing_config: { additional_version_weights: { 2: 0.1 } } }],
  ['function_version', { function_version: '7' }],
  ['function_version', { function_version: '1' }],
  ['function_version', { function_version: '${aws_lambda_function.health.version}' }],
  ['function_name', { function_name: 'elsewhere' }],
])('routes answer 501 if the %s of their alias is not simulated', async (attribute, alias) => {
  const { get } = await serve((template) => {
    addAlias(template, alias);
    setQualifier(template, 'live');
  });
  const { status, json } = await get('/pets');
  expect(status).toBe(501);
  expect(json.notSimulated).toContainEqual(expect.objectContaining({ address: 'aws_lambda_alias.live', attribute }));
  expect((await get('/health')).status).toBe(200);
});

test('an integration can invoke a version', async () => {
  const { get } = await serve(
    (template) => {
      setAttribute(template.resource, FUNCTION, 'publish', true);
      setAttribute(
        template.resource,
        INTEGRATION,
        'integration_uri',
        '${aws_lambda_function.function.qualified_invoke_arn}',
      );
      setQualifier(template, '${aws_lambda_function.function.version}');
    },
    { source: SOURCE },
  );
  expect((await get('/pets')).json).toEqual({ arn: `${ARN}:1`, version: '1', environment: '1' });
});

test('an integration without a qualifier reports $LATEST, even if another integration invokes an alias', async () => {
  const { get } = await serve(
    (template) => {
      addAlias(template);
      setQualifier(template, 'live');
      const { resource } = template;
      const direct = resource['aws_apigatewayv2_integration'] ?? {};
      direct['direct'] = {
        ...(direct['function'] as object),
        integration_uri: '${aws_lambda_function.function.invoke_arn}',
      };
      const target = 'integrations/${aws_apigatewayv2_integration.direct.id}';
      setAttribute(resource, 'aws_apigatewayv2_route.get_pets_id', 'target', target);
      setAttribute(resource, 'aws_lambda_permission.get_pets_id', 'qualifier', null);
    },
    { source: SOURCE },
  );
  expect((await get('/pets/a')).json).toMatchObject({ arn: ARN, version: '$LATEST' });
  expect((await get('/pets')).json).toMatchObject({ arn: `${ARN}:live`, version: '1' });
});

test.each(['$LATEST', '${local.version}'])('an alias can lead to %s', async (version) => {
  const { get } = await serve((template) => {
    addAlias(template, { function_version: version });
    Object.assign(template, { locals: { version: '${aws_lambda_function.function.version}' } });
    setQualifier(template, 'live');
  });
  expect((await get('/pets')).status).toBe(200);
});
