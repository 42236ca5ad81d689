/** Reads function URLs (aws_lambda_function_url). */
import type { FunctionUrlAction, FunctionUrlDeployment, RouteDeployment } from '../../model/deployment';
import { readCors } from './cors';
import { functionNameOf, readFunctionReference } from './lambda-arn';
import { readOrDescribe, unsimulatedRoute } from './read-or-describe';
import type { Resource } from './resource';
import { ACCOUNT_THROTTLE, type InvokedFunction, numberOf, type Resources } from './resources';

export const FUNCTION_URL = 'aws_lambda_function_url';

const ROUTE_KEY = '$default';

export function readFunctionUrl(url: Resource, resources: Resources): FunctionUrlDeployment {
  const { address, attributes } = url;
  const cors = readCors(url, 'cors');
  return {
    kind: 'function-url',
    address,
    id: attributes['url_id'] as string,
    name: functionNameOf(attributes['function_name']),
    stage: '$default',
    throttle: ACCOUNT_THROTTLE,
    routes: [
      readOrDescribe<RouteDeployment>(
        url,
        () => readRoute(url, resources),
        (causes) => unsimulatedRoute(ROUTE_KEY, causes),
      ),
    ],
    ...(cors && { cors }),
  };
}

/** The provider itself adds the permissions that a URL without authorization needs: both of them since its version 6.28. */
function readRoute({ address, attributes }: Resource, resources: Resources): RouteDeployment {
  const reference = attributes['function_name'];
  const { name, qualifier = attributes['qualifier'] } = readFunctionReference(reference);
  const [named] = resources.where('aws_lambda_function', 'function_name', name);
  const parts = named ? [named.attributes['arn'] as string, qualifier as string | undefined] : [reference as string];
  const arn = parts.filter((part) => part !== undefined).join(':');
  const lambda = resources.functionAt(arn, address, 'function_name');
  return {
    routeKey: ROUTE_KEY,
    functionArn: lambda.attributes['arn'] as string,
    ...(lambda.qualifier !== undefined && { qualifier: lambda.qualifier }),
    timeoutMs: numberOf(lambda.address, lambda.attributes, 'timeout', 3) * 1000,
    permitted: true,
    ...(attributes['authorization_type'] === 'AWS_IAM' && {
      authorization: {
        kind: 'iam',
        principals: {
          'lambda:InvokeFunctionUrl': principalsOf('lambda:InvokeFunctionUrl', lambda, resources),
          'lambda:InvokeFunction': principalsOf('lambda:InvokeFunction', lambda, resources),
        },
      },
    }),
  };
}

/** The callers whom permissions let in without a policy of their role. Conditions on an account, ARN or organization are never met. */
function principalsOf(action: FunctionUrlAction, lambda: InvokedFunction, resources: Resources): string[] {
  const conditions = ['source_account', 'source_arn', 'principal_org_id'];
  return resources
    .permissionsFor(action, lambda)
    .filter(({ attributes }) => conditions.every((name) => attributes[name] === undefined))
    .filter(({ attributes }) => ['AWS_IAM', undefined].includes(attributes['function_url_auth_type'] as string))
    .map(({ attributes }) => String(attributes['principal']));
}
