/** The values of data sources that only the account has. */
import { madeUpValues } from '../../../src/source/evaluated/made-up-data';
import type { EvaluatedResource } from '../../../src/source/terraform/evaluated-resource';

const data = (type: string, values: object, key = ''): EvaluatedResource => ({
  ...{ address: `data.${type}.d${key}`, type, mode: 'data', configured: {}, values: values as never, dependencies: [] },
});

/** A function that depends on the data sources `d` of these types. */
const functionWith = (variables: object, ...types: readonly string[]): EvaluatedResource => ({
  ...{ address: 'aws_lambda_function.f', type: 'aws_lambda_function', mode: 'managed', values: {} },
  configured: { environment: [{ variables }] },
  dependencies: types.map((type) => `data.${type}.d`),
});

test('the content of a parameter, a secret or an object is made up, also when it is empty', () => {
  const sources = [
    data('aws_ssm_parameter', { name: '/limit', value: '', insecure_value: '' }, '["a"]'),
    data('aws_secretsmanager_secret_version', { secret_string: '{}', secret_binary: '' }),
    data('aws_ssm_parameters_by_path', { values: [] }),
  ];
  const user = functionWith({}, ...sources.map(({ type }) => type));
  expect(madeUpValues([user], sources)).toEqual([
    { address: 'data.aws_ssm_parameter.d["a"]', attribute: 'value', value: '' },
    { address: 'data.aws_secretsmanager_secret_version.d', attribute: 'secret_string', value: '{}' },
    { address: 'data.aws_ssm_parameters_by_path.d', attribute: 'values', value: '' },
  ]);
});

test('of other data sources, the values in environment variables are made up, except names', () => {
  const vpc = data('aws_vpc', { id: 'vpc-0123456789', arn: 'arn:aws:ec2:vpc', name: 'network', cidr: 'ab' });
  const user = functionWith({ VPC: 'in vpc-0123456789 network ab' }, 'aws_vpc');
  expect(madeUpValues([user], [vpc])).toEqual([
    { address: 'data.aws_vpc.d', attribute: 'id', value: 'vpc-0123456789' },
  ]);
});

test('a data source that no simulated resource uses, or that Terraform computes, is not listed', () => {
  const sources = [
    data('aws_ssm_parameter', { value: '' }),
    data('aws_caller_identity', { account_id: '000000000000' }),
    data('archive_file', { output_path: '/code.zip' }),
  ];
  const user = functionWith({ A: '000000000000 /code.zip' }, 'aws_caller_identity', 'archive_file');
  expect(madeUpValues([user], sources)).toEqual([]);
});
