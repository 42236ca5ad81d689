/** Evaluated resources of a stack, and the questions that are asked of them. */
import type { RouteDeployment, ThrottleDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import type { Attributes, Resource } from './stack';

/** API Gateway's, for all APIs of an account, where nothing else is set (its quotas page). */
export const ACCOUNT_THROTTLE: ThrottleDeployment = { rate: 10_000, burst: 5_000 };

export class Resources {
  constructor(
    readonly stack: string,
    private readonly all: readonly Resource[],
  ) {}

  of(type: string): Resource[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** Those of a type whose attribute has this value. */
  where(type: string, attribute: string, value: unknown): Resource[] {
    return this.of(type).filter(({ attributes }) => attributes[attribute] === value);
  }

  /** The one of a type whose attribute has this value. @throws DeploymentError when there is none, or more */
  one(type: string, attribute: string, value: unknown): Resource {
    const [found, ...others] = this.where(type, attribute, value);
    if (found && others.length === 0) return found;
    const count = found ? others.length + 1 : 0;
    throw new DeploymentError(
      `Stack ${this.stack}: there are ${count} ${type} with ${attribute} = ${JSON.stringify(value)}; the local run understands one.`,
    );
  }

  /** The function that an integration's URI addresses. */
  functionAt(uri: unknown, integration: string): Resource {
    const found = this.of('aws_lambda_function').find(({ attributes }) =>
      [attributes['invoke_arn'], attributes['arn']].includes(uri),
    );
    if (found) return found;
    throw new DeploymentError(`${integration}: ${String(uri)} is no function of this stack.`);
  }

  /** Whether a permission lets API Gateway invoke the function from this source ARN. */
  permits(sourceArn: string, { attributes: lambda }: Resource): boolean {
    return this.of('aws_lambda_permission').some(({ attributes }) => {
      const pattern = (attributes['source_arn'] as string | undefined) ?? '*';
      return (
        attributes['action'] === 'lambda:InvokeFunction' &&
        attributes['principal'] === 'apigateway.amazonaws.com' &&
        [lambda['function_name'], lambda['arn']].includes(attributes['function_name']) &&
        new RegExp(`^${escaped(pattern).replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`).test(sourceArn)
      );
    });
  }
}

/** @throws DeploymentError unless the attribute has one of these values */
export function expect({ address, attributes }: Resource, name: string, understood: readonly unknown[]): void {
  if (understood.includes(attributes[name])) return;
  throw new DeploymentError(
    `${address}: ${name} = ${JSON.stringify(attributes[name])} is not understood by the local run; ` +
      `it understands ${understood.map((value) => JSON.stringify(value)).join(', ')}.`,
  );
}

/** A number of a resource or of one of its blocks. @throws DeploymentError for anything else */
export function numberOf(address: string, attributes: Attributes, name: string, missing: number): number {
  const value = attributes[name] ?? missing;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new DeploymentError(`${address}: ${name} must be a number, but is ${JSON.stringify(value)}.`);
}

/** A block of a resource; `{}` when it is not there. */
export function blockOf({ attributes }: Resource, name: string): Attributes {
  return (attributes[name] ?? {}) as Attributes;
}

/**
 * @param kind of what the keys are: `route`
 * @throws DeploymentError for one that API Gateway would refuse with 409 (API references, CreateRoute and PutMethod)
 */
export function checkUnique(
  kind: string,
  all: readonly { readonly address: string; readonly routeKey: string }[],
): void {
  const seen = new Set<string>();
  for (const { address, routeKey } of all) {
    if (seen.has(routeKey)) {
      throw new DeploymentError(`${address}: API Gateway refuses a second ${kind} ${JSON.stringify(routeKey)}.`);
    }
    seen.add(routeKey);
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The example that a construct left in a route's comment. */
export function exampleIn(comment: Attributes): Pick<RouteDeployment, 'example'> {
  const { example } = comment as Pick<RouteDeployment, 'example'>;
  return example ? { example } : {};
}
