/**
 * Lets an API invoke the functions of its routes and authorizers. Each route gets its own permission. If these do not fit into the
 * function's policy, one permission covers the API.
 */
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { Construct } from 'constructs';
import { leaveInPlace } from './left-in-place';
import { named } from './named';
import { LIVE_ALIAS, type NodejsFunction } from './nodejs-function';
import { routeName } from './route-name';
import { shortName } from './short-name';

export interface InvokingRoute {
  /** An HTTP method such as GET, or ANY. */
  readonly method: string;
  /** Path in the source ARN of the permission, for example `/items/*`. */
  readonly sourcePath: string;
  /** Path of the route. Terraform's name of the permission is made from it. */
  readonly path: string;
  readonly function: NodejsFunction;
}

/** Lambda's maximum for the resource policy of a function or of an alias, which has a statement for each permission ("Lambda quotas"). */
const MAX_POLICY_BYTES = 20_480;

/** Bytes kept free for the frame of the policy, and for a permission that Terraform creates before it deletes the others. */
const RESERVED_BYTES = 1_000;

/**
 * A statement as Lambda writes it, with the longest region, partition and id. `policyBytes` adds the lengths of the missing
 * parts: the function's name, and the statement id, method and path of the route.
 */
const STATEMENT = JSON.stringify({
  Sid: '',
  Effect: 'Allow',
  Principal: { Service: 'apigateway.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: `arn:aws-us-gov:lambda:ap-southeast-1:123456789012:function::${LIVE_ALIAS}`,
  Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws-us-gov:execute-api:ap-southeast-1:123456789012:abcdefghij/*/' } },
});

/** Lambda's maximum for the id of a statement. */
const MAX_STATEMENT_ID_CHARACTERS = 100;

/**
 * Creates the permissions. A route's permission names its method and path; the `*` before them stands for all stages.
 * If the permissions of a function do not fit into its resource policy, it gets one permission for the whole API instead.
 * @param executionArn the execution ARN of the API
 * @returns the permission of each route, by `routeName`. Integrations depend on it: API Gateway answers 500 without it
 */
export function createInvokePermissions(
  scope: Construct,
  executionArn: string,
  routes: readonly InvokingRoute[],
): ReadonlyMap<string, LambdaPermission> {
  const create = (name: string, target: NodejsFunction, source: string): LambdaPermission => {
    const permission = new LambdaPermission(scope, `permission ${name}`, {
      statementId: statementIdOf(name),
      action: 'lambda:InvokeFunction',
      functionName: target.name,
      // API Gateway invokes the alias. A permission without the qualifier does not allow that.
      qualifier: target.alias.name,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `${executionArn}/*/${source}`,
    });
    // Deployments without aliases have a permission for the function itself. Terraform would delete it at the start of the apply, while
    // the API still needs it. It admits only this API, and AWS deletes it with the function. `create_before_destroy` is no way:
    // Terraform applies it to all dependencies, and could no longer replace the table.
    leaveInPlace(scope, `aws_lambda_permission.${name}`);
    return named(permission, `${LIVE_ALIAS}_${name}`);
  };
  const byRoute = new Map<string, LambdaPermission>();
  for (const target of new Set(routes.map((route) => route.function))) {
    const targetRoutes = routes.filter((route) => route.function === target);
    const isShared = policyBytes(targetRoutes) > MAX_POLICY_BYTES - RESERVED_BYTES;
    const shared = isShared ? create(`${target.node.id}_all_routes`, target, '*') : undefined;
    for (const route of targetRoutes) {
      const name = routeName(route);
      byRoute.set(name, shared ?? create(name, target, methodOf(route) + route.sourcePath));
    }
  }
  return byRoute;
}

/**
 * Lets API Gateway invoke the function of a Lambda authorizer.
 * @param source ARN of the authorizer: `<execution ARN>/authorizers/<id>`
 */
export function createAuthorizerPermission(
  scope: Construct,
  authorizer: string,
  target: NodejsFunction,
  source: string,
): void {
  const name = `authorizer_${authorizer}`;
  const permission = new LambdaPermission(scope, `permission ${name}`, {
    statementId: name,
    action: 'lambda:InvokeFunction',
    functionName: target.name,
    qualifier: target.alias.name,
    principal: 'apigateway.amazonaws.com',
    sourceArn: source,
  });
  named(permission, name);
}

/** Differs from the id of the permission that `leaveInPlace` leaves. */
function statementIdOf(name: string): string {
  return shortName(`${LIVE_ALIAS}_${name}`, MAX_STATEMENT_ID_CHARACTERS, '_');
}

function methodOf({ method }: InvokingRoute): string {
  return method === 'ANY' ? '*' : method;
}

/** Estimates the bytes of a function's resource policy, without its frame. */
function policyBytes(routes: readonly InvokingRoute[]): number {
  const sizes = routes.map((route) => {
    const { length } = statementIdOf(routeName(route));
    return (
      STATEMENT.length + 1 + length + route.function.props.name.length + route.method.length + route.sourcePath.length
    );
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}
