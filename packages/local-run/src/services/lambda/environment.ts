/**
 * Builds the environment variables of an instance. The stack sets some variables, Lambda sets the others (Lambda developer
 * guide, "Defined runtime environment variables").
 */
import { randomBytes } from 'node:crypto';
import type { FunctionDeployment } from '../../model/deployment';
import { nodePath } from './execution-folders';
import type { Credentials } from '../iam/credentials';

/**
 * @param taskRoot folder with the unpacked archive
 * @param dynamodbEndpoint the SDK's endpoint for DynamoDB. AWS does not set this variable.
 * @param credentials of the function's role, issued for this instance
 * @param awsEndpoint the SDK's endpoint for all other services. AWS does not set this variable.
 */
export function instanceEnvironment(
  deployment: FunctionDeployment,
  taskRoot: string,
  dynamodbEndpoint: string,
  credentials: Credentials,
  awsEndpoint?: string,
): Record<string, string> {
  const { region, logLevel, version = '$LATEST' } = deployment;
  return {
    // Lambda's defaults, which the stack may change. The folders of PATH do not exist on this machine.
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin',
    TZ: ':UTC',
    ...(awsEndpoint !== undefined && { AWS_ENDPOINT_URL: awsEndpoint }),
    ...deployment.environment,
    // Reserved variables, which the stack cannot change.
    _HANDLER: deployment.handler,
    AWS_EXECUTION_ENV: `AWS_Lambda_${deployment.runtime}`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: deployment.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployment.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: deployment.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: newLogStreamName(version),
    AWS_LAMBDA_LOG_FORMAT: deployment.logFormat,
    ...(logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: logLevel }),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
    // The SDK's warning would be about this machine's Node.js, not about the function's runtime.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NODE_PATH: nodePath(deployment, taskRoot).join(':'),
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
  };
}

/** Returns a name for the instance's log stream: `2026/11/22/[$LATEST]`, followed by 32 hexadecimal digits. */
function newLogStreamName(version: string): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${version}]${randomBytes(16).toString('hex')}`;
}
