/** Attributes that Lambda and CloudWatch Logs generate. */
import type { ValueGenerator } from '../provider/value-generator';
import type { Compute, Values } from '../provider/provider';
import { generatedName } from '../provider/text';

const MODIFIED = '2026-01-01T00:00:00.000+0000';

export const FUNCTION_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_lambda_function: lambdaFunction,
  aws_lambda_alias: ({ function_name: name, name: alias }, generator) => {
    const arn = `${functionArn(name, generator)}:${String(alias)}`;
    return { id: arn, arn, invoke_arn: generator.invokeArn(arn) };
  },
  aws_lambda_layer_version: ({ layer_name: name }, generator) => {
    const layer = generator.arn('lambda', `layer:${String(name)}`);
    return {
      ...{ id: `${layer}:1`, arn: `${layer}:1`, layer_arn: layer, version: '1', created_date: MODIFIED },
      ...{ signing_job_arn: '', signing_profile_version_arn: '' },
    };
  },
  aws_lambda_permission: (values, generator) => {
    const statement = generatedName(values, generator, 'statement_id');
    return { id: statement, statement_id: statement };
  },
  aws_lambda_function_url: ({ function_name: name, qualifier }, generator) => {
    const id = generator.token('url', 32);
    return {
      ...{ id: [functionName(name), qualifier].filter(Boolean).join('/'), url_id: id },
      function_arn: functionArn(name, generator),
      function_url: `https://${id}.lambda-url.${generator.region}.on.aws/`,
    };
  },
  aws_lambda_event_source_mapping: ({ function_name: name }, generator) => {
    const uuid = generator.uuid('mapping');
    return {
      ...{ id: uuid, uuid, arn: generator.arn('lambda', `event-source-mapping:${uuid}`), state: 'Enabled' },
      ...{
        function_arn: functionArn(name, generator),
        last_modified: MODIFIED,
        last_processing_result: 'No records processed',
      },
    };
  },
  aws_lambda_code_signing_config: (_values, generator) => ({
    ...{ config_id: `csc-${generator.hex('config', 17)}`, last_modified: MODIFIED },
    arn: generator.arn('lambda', `code-signing-config:csc-${generator.hex('config', 17)}`),
  }),
  aws_cloudwatch_log_group: (values, generator) => {
    const group = generatedName(values, generator);
    return { id: group, name: group, arn: generator.arn('logs', `log-group:${group}`) };
  },
};

function lambdaFunction(values: Values, generator: ValueGenerator): Values {
  const { function_name: name, publish, source_code_hash: hash } = values;
  const arn = functionArn(name, generator);
  const version = publish === true ? '1' : '$LATEST';
  return {
    ...{ id: name, arn, version, last_modified: MODIFIED },
    ...{ invoke_arn: generator.invokeArn(arn), qualified_arn: `${arn}:${version}` },
    qualified_invoke_arn: generator.invokeArn(`${arn}:${version}`),
    architectures: ['x86_64'],
    ...{
      source_code_hash: hash ?? generator.bytes('code', 32).toString('base64'),
      code_sha256: generator.bytes('code', 32).toString('base64'),
    },
    ...{ source_code_size: 0, signing_job_arn: '', signing_profile_version_arn: '' },
    ...{ ephemeral_storage: [{ size: 512 }], tracing_config: [{ mode: 'PassThrough' }] },
    logging_config: [
      {
        ...{ log_format: 'Text', application_log_level: '', system_log_level: '' },
        log_group: `/aws/lambda/${String(name)}`,
      },
    ],
  };
}

/** @param name a name, an ARN, or either of them with a qualifier */
function functionArn(name: unknown, generator: ValueGenerator): string {
  const text = String(name);
  if (text.startsWith('arn:')) return text.split(':').slice(0, 7).join(':');
  return generator.arn('lambda', `function:${functionName(name)}`);
}

function functionName(name: unknown): string {
  const parts = String(name).split(':');
  return (parts.length > 6 ? parts[6] : parts.length === 3 ? parts[2] : parts[0]) ?? '';
}
