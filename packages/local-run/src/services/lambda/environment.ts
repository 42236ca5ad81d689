/** The environment of an instance: what Lambda sets (developer guide, "Defined runtime environment variables") and what the stack sets. */
import { randomBytes } from 'node:crypto';
import type { FunctionDeployment } from '../../model/deployment';
import type { Credentials } from '../dynamodb/guard/session';

/** What the stack chose, and what it may choose otherwise: all else is Lambda's. */
export function chosenEnvironment({ environment }: Pick<FunctionDeployment, 'environment'>): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    // Lambda's own folders, as its documentation has them; they are not on this machine.
    NODE_PATH: '/opt/nodejs/node_modules:/var/runtime/node_modules:/var/task',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin',
    TZ: ':UTC',
    ...environment,
  };
}

/**
 * @param taskRoot where the archive was unpacked
 * @param dynamodbEndpoint where the SDK finds DynamoDB; on AWS it is not set
 * @param credentials of the role, for this instance
 */
export function instanceEnvironment(
  deployment: FunctionDeployment,
  taskRoot: string,
  dynamodbEndpoint: string,
  credentials: Credentials,
): Record<string, string> {
  const { region, logLevel } = deployment;
  return {
    ...chosenEnvironment(deployment),
    _HANDLER: deployment.handler,
    AWS_EXECUTION_ENV: `AWS_Lambda_${deployment.runtime}`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: deployment.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployment.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: deployment.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream(),
    AWS_LAMBDA_LOG_FORMAT: deployment.logFormat,
    ...(logLevel !== undefined && { AWS_LAMBDA_LOG_LEVEL: logLevel }),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
    // It is about this machine's Node.js, and not about the one that the function is deployed on.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
  };
}

/** `2026/11/22/[$LATEST]` and 32 hexadecimal digits: a stream an instance. */
function logStream(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
}
