/** The evaluated resources of a stack, and helpers to find and read them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RouteDeployment, ThrottleDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { wildcard } from '../../services/iam/pattern';
import type { Attributes, Resource } from './resource';

/** The default throttle of an account (API Gateway quotas). It applies to stages without a throttle. */
export const ACCOUNT_THROTTLE: ThrottleDeployment = { rate: 10_000, burst: 5_000 };

export class Resources {
  constructor(
    readonly stack: string,
    private readonly all: readonly Resource[],
    /** The stack's folder in the synthesized output. */
    readonly folder = '',
  ) {}

  ofType(type: string): Resource[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** The resources of a type whose attribute has this value. */
  where(type: string, attribute: string, value: unknown): Resource[] {
    return this.ofType(type).filter(({ attributes }) => attributes[attribute] === value);
  }

  /** The only resource of a type whose attribute has this value. @throws DeploymentError unless exactly one exists */
  only(type: string, attribute: string, value: unknown): Resource {
    const [found, ...others] = this.where(type, attribute, value);
    if (found && others.length === 0) return found;
    const count = found ? others.length + 1 : 0;
    throw new DeploymentError(
      `Stack ${this.stack}: ${count} ${type} have ${attribute} = ${JSON.stringify(value)}; exactly one is supported.`,
    );
  }

  /** The function that an integration's URI addresses. */
  functionAt(uri: unknown, integration: string): Resource {
    const found = this.ofType('aws_lambda_function').find(({ attributes }) =>
      [attributes['invoke_arn'], attributes['arn']].includes(uri),
    );
    if (found) return found;
    throw new DeploymentError(`${integration}: ${String(uri)} is not a function of this stack.`);
  }

  /** Whether a permission lets API Gateway invoke the function from this source ARN. */
  permits(sourceArn: string, { attributes: lambda }: Resource): boolean {
    return this.ofType('aws_lambda_permission').some(({ attributes }) => {
      const pattern = (attributes['source_arn'] as string | undefined) ?? '*';
      return (
        attributes['action'] === 'lambda:InvokeFunction' &&
        attributes['principal'] === 'apigateway.amazonaws.com' &&
        [lambda['function_name'], lambda['arn']].includes(attributes['function_name']) &&
        wildcard(pattern)(sourceArn)
      );
    });
  }
}

/** @throws DeploymentError unless the attribute has one of these values */
export function checkValue({ address, attributes }: Resource, name: string, supported: readonly unknown[]): void {
  if (supported.includes(attributes[name])) return;
  throw new DeploymentError(
    `${address}: ${name} = ${JSON.stringify(attributes[name])} is not supported by the local run; ` +
      `supported: ${supported.map((value) => JSON.stringify(value)).join(', ')}.`,
  );
}

/** Reads a number from the attributes of a resource or a block. @throws DeploymentError for another type */
export function numberOf(address: string, attributes: Attributes, name: string, fallback: number): number {
  const value = attributes[name] ?? fallback;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new DeploymentError(`${address}: ${name} must be a number, but is ${JSON.stringify(value)}.`);
}

/** Reads a block of a resource. Returns `{}` when the block is missing. */
export function blockOf({ attributes }: Resource, name: string): Attributes {
  return (attributes[name] ?? {}) as Attributes;
}

/**
 * @param kind `route` or `method`
 * @throws DeploymentError for a duplicate, which API Gateway refuses with 409 (API references, CreateRoute and PutMethod)
 */
export function checkUnique(
  kind: string,
  routes: readonly { readonly address: string; readonly routeKey: string }[],
): void {
  const seen = new Set<string>();
  for (const { address, routeKey } of routes) {
    if (seen.has(routeKey)) {
      throw new DeploymentError(`${address}: API Gateway refuses a second ${kind} ${JSON.stringify(routeKey)}.`);
    }
    seen.add(routeKey);
  }
}

/** Reads the API's OpenAPI document from a file in the folder of cdk.tf.json. The API's comment contains the file name. */
export function openApiOf({ comment }: Resource, { folder }: Resources): { readonly openApi?: string } {
  const { openapi } = comment as { readonly openapi?: unknown };
  // The name must not leave the folder.
  if (typeof openapi !== 'string' || !/^[\w-]+\.json$/.test(openapi)) return {};
  const file = path.join(folder, openapi);
  return existsSync(file) ? { openApi: readFileSync(file, 'utf8') } : {};
}

/** Reads the example request, which a construct wrote into the comment of a route. */
export function exampleOf(comment: Attributes): Pick<RouteDeployment, 'example'> {
  const { example } = comment as Pick<RouteDeployment, 'example'>;
  return example ? { example } : {};
}
