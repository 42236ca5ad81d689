/** The values of data sources, locals and variables. */
import { changedPets, readDeployment } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';

function outputs(change: (template: Template) => void) {
  return readDeployment(changedPets(change)).outputs;
}

test.each<[string, string, unknown]>([
  ['aws_caller_identity', 'account_id', '000000000000'],
  ['aws_caller_identity', 'id', '000000000000'],
  ['aws_caller_identity', 'arn', 'arn:aws:iam::000000000000:root'],
  ['aws_region', 'name', 'us-east-1'],
  ['aws_region', 'region', 'us-east-1'],
  ['aws_region', 'id', 'us-east-1'],
  ['aws_partition', 'partition', 'aws'],
  ['aws_partition', 'dns_suffix', 'amazonaws.com'],
])('data.%s has the %s of the run', (type, attribute, value) => {
  const { found } = outputs(({ data, output }) => {
    data[type] = { current: {} };
    output['found'] = { value: `\${data.${type}.current.${attribute}}` };
  });
  expect(found).toBe(value);
});

test('locals and defaults of variables are evaluated, in text and alone', () => {
  const all = outputs((template) => {
    Object.assign(template, {
      locals: { prefix: '${var.environment}-pets', sizes: [1, '${var.size}'] },
      variable: { environment: { type: 'string', default: 'dev' }, size: [{ type: 'number', default: 2 }] },
    });
    template.output['name'] = { value: '${local.prefix}-x' };
    template.output['sizes'] = { value: '${local.sizes}' };
  });
  expect(all).toMatchObject({ name: 'dev-pets-x', sizes: [1, 2] });
});

test('the region of the provider can be a variable', () => {
  const { name } = outputs((template) => {
    Object.assign(template.provider['aws']?.[0] as object, { region: '${var.region}' });
    Object.assign(template, { variable: { region: { default: 'eu-west-3' } } });
    template.output['name'] = { value: '${aws_dynamodb_table.pets.arn}' };
  });
  expect(name).toBe('arn:aws:dynamodb:eu-west-3:000000000000:table/pets');
});

test.each([
  [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-1'],
  [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
  [{ AWS_REGION: '', AWS_DEFAULT_REGION: '' }, 'us-east-1'],
])('with %j, a provider without a region has the region %s', (environment, region) => {
  const before = process.env;
  process.env = { ...before, ...environment };
  try {
    const { name } = outputs((template) => {
      template.provider['aws'] = [{}];
      template.output['name'] = { value: '${aws_dynamodb_table.pets.arn}' };
    });
    expect(name).toBe(`arn:aws:dynamodb:${region}:000000000000:table/pets`);
  } finally {
    process.env = before;
  }
});

test('the URL of a named stage follows the evaluated name', () => {
  const { url } = outputs((template) => {
    Object.assign(template, { locals: { stage: 'dev' } });
    Object.assign(template.resource['aws_apigatewayv2_stage']?.['default'] as object, { name: '${local.stage}' });
    template.output['url'] = { value: '${aws_apigatewayv2_stage.default.invoke_url}' };
  });
  expect(url).toBe('http://127.0.0.1:3000/dev');
});

test('the ARN of a role contains its path', () => {
  const { arn } = outputs(({ resource, output }) => {
    Object.assign(resource['aws_iam_role']?.['function'] as object, { path: '/service/' });
    output['arn'] = { value: '${aws_iam_role.function.arn}' };
  });
  expect(arn).toBe('arn:aws:iam::000000000000:role/service/pets-role');
});
