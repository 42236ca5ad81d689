/** Validates `aws_lambda_function`. */
import { arn, atLeast, between, lengthBetween, matching, oneOf, type Validator } from '../../provider/checks';
import { isMissing } from '../../provider/computed';
import type { Values } from '../../provider/provider';
import { isKnown } from './known';

export const RUNTIMES: readonly string[] = [
  ...['nodejs', 'nodejs4.3', 'nodejs6.10', 'nodejs8.10', 'nodejs10.x', 'nodejs12.x', 'nodejs14.x', 'nodejs16.x'],
  ...['java8', 'java8.al2', 'java11', 'python2.7', 'python3.6', 'python3.7', 'python3.8', 'python3.9'],
  ...['dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1', 'dotnet6', 'dotnet8', 'nodejs4.3-edge'],
  ...['go1.x', 'ruby2.5', 'ruby2.7', 'provided', 'provided.al2', 'nodejs18.x', 'python3.10', 'java17', 'ruby3.2'],
  ...['ruby3.3', 'ruby3.4', 'python3.11', 'nodejs20.x', 'provided.al2023', 'python3.12', 'java21', 'python3.13'],
  'nodejs22.x',
];

/** Runtimes that version 5.100.0 of the provider does not know. */
export const LATER_RUNTIMES: readonly string[] = ['nodejs24.x', 'python3.14', 'java25', 'dotnet10'];

/** A name, a partial ARN or an ARN, each with an optional qualifier. */
export const FUNCTION_NAME = matching(
  /^(arn:[\w-]+:lambda:)?([a-z]{2}-(?:[a-z]+-){1,2}\d{1}:)?(\d{12}:)?(function:)?([\w-]+)(:(\$LATEST|[\w-]+))?$/,
  'must be valid function name or function ARN',
);

const CODE = ['filename', 'image_uri', 's3_bucket'];

export const LAMBDA_FUNCTION: Validator = {
  rules: {
    function_name: [FUNCTION_NAME, lengthBetween(1, 140)],
    role: arn,
    handler: lengthBetween(1, 128),
    runtime: oneOf(RUNTIMES, LATER_RUNTIMES),
    timeout: between(1, 900),
    memory_size: between(128, 10_240),
    reserved_concurrent_executions: atLeast(-1),
    package_type: oneOf(['Zip', 'Image']),
    architectures: oneOf(['x86_64', 'arm64']),
    layers: arn,
    kms_key_arn: arn,
    ephemeral_storage: { size: between(512, 10_240) },
    tracing_config: { mode: oneOf(['Active', 'PassThrough']) },
    snap_start: { apply_on: oneOf(['PublishedVersions', 'None']) },
    dead_letter_config: { target_arn: arn },
    logging_config: {
      log_format: oneOf(['JSON', 'Text']),
      application_log_level: oneOf(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']),
    },
    file_system_config: {
      arn,
      local_mount_path: matching(/^\/mnt\/[\w.-]+$/, "must start with '/mnt/'"),
    },
  },
  checkAll: (config) => [...codeFaults(config), ...packageFaults(config)],
};

/** A function has its code from exactly one place. */
function codeFaults(config: Values): string[] {
  const set = CODE.filter((name) => !isMissing(config[name]));
  const names = `\`${CODE.join(',')}\``;
  if (set.length === 0) return [`Invalid combination of arguments: one of ${names} must be specified`];
  if (set.length === 1) return [];
  const used = `\`${set.join(',')}\``;
  return [`Invalid combination of arguments: only one of ${names} can be specified, but ${used} were specified.`];
}

function packageFaults({ package_type: type, handler, runtime }: Values): string[] {
  if (!isKnown(type) || (type ?? 'Zip') !== 'Zip') return [];
  return isMissing(handler) || isMissing(runtime) ? ['handler and runtime must be set when PackageType is Zip'] : [];
}
