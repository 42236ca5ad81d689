/** The evaluated resources of a stack, and helpers to find and read them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RouteDeployment, ThrottleDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { NotSimulatedError } from '../../model/not-simulated';
import { wildcard } from '../../services/iam/pattern';
import type { Stack } from '../stack';
import { unsupportedValue } from './attribute-rules';
import { functionNameOf, readFunctionReference } from './lambda-arn';
import type { Attributes, Resource } from './resource';
import { isUnknown } from './unknown';

/** The default throttle of an account (API Gateway quotas). It applies to stages without a throttle. */
export const ACCOUNT_THROTTLE: ThrottleDeployment = { rate: 10_000, burst: 5_000 };

/** A function that an integration invokes. */
export interface InvokedFunction extends Resource {
  /** The alias or version that the integration invokes. Absent: the integration names none. */
  readonly qualifier?: string;
}

export class Resources {
  constructor(
    readonly stack: string,
    private readonly all: readonly Resource[],
    private readonly source: Pick<Stack, 'folder' | 'files' | 'addressesOf'>,
  ) {}

  /** The folder that relative paths start from. */
  get folder(): string {
    return this.source.folder;
  }

  /** The absolute path of a file that the configuration names. */
  fileAt(name: string): string {
    const file = path.resolve(this.folder, name);
    return this.source.files?.get(file) ?? file;
  }

  /** Whether the configuration has a resource of one of these types, simulated or not. */
  hasAny(types: readonly string[]): boolean {
    return types.some((type) => this.source.addressesOf(type).length > 0);
  }

  at(address: string): Resource | undefined {
    return this.all.find((resource) => resource.address === address);
  }

  ofType(type: string): Resource[] {
    return this.all.filter((resource) => resource.type === type);
  }

  /** The resources of a type whose attribute has this value. */
  where(type: string, attribute: string, value: unknown): Resource[] {
    return this.ofType(type).filter(({ attributes }) => attributes[attribute] === value);
  }

  /** The resources of a type that depend on nothing that the local run does not simulate. */
  simulated(type: string): Resource[] {
    return this.ofType(type).filter(({ causes }) => causes.length === 0);
  }

  /** The only resource of a type whose attribute has this value. @throws NotSimulatedError unless exactly one exists */
  only(type: string, attribute: string, value: unknown): Resource {
    const [found, ...others] = this.where(type, attribute, value);
    if (found && others.length === 0) return found;
    const count = found ? others.length + 1 : 0;
    const text = `${count} resources with the value ${JSON.stringify(value)}`;
    const problem = `${attribute} = ${JSON.stringify(value)} of ${count} resources`;
    const supported = 'exactly one in this stack';
    throw new NotSimulatedError([{ address: type, attribute, found: text, problem, supported }]);
  }

  /**
   * The function that the URI of an integration or authorizer addresses.
   * @param attribute the attribute with the URI
   * @throws NotSimulatedError when it is not in this stack, or not simulated
   */
  functionAt(uri: unknown, address: string, attribute = 'uri'): InvokedFunction {
    const found = this.invoked(uri, address, attribute);
    if (found.causes.length > 0) throw new NotSimulatedError(found.causes);
    return found;
  }

  private invoked(uri: unknown, address: string, attribute: string): InvokedFunction {
    const isUri = ({ attributes }: Resource) => [attributes['invoke_arn'], attributes['arn']].includes(uri);
    const functions = this.ofType('aws_lambda_function');
    const unqualified = functions.find(isUri);
    if (unqualified) return unqualified;
    const alias = this.ofType('aws_lambda_alias').find(isUri);
    const aliased = alias && functions.find(isNamed(alias.attributes['function_name']));
    if (aliased) return { ...aliased, qualifier: alias.attributes['name'] as string };
    const published = functions.find(({ attributes }) =>
      [attributes['qualified_invoke_arn'], attributes['qualified_arn']].includes(uri),
    );
    if (published) return { ...published, qualifier: published.attributes['version'] as string };
    const named = this.functionNamed(uri);
    if (named) return named;
    const supported = 'the invoke_arn of a function or an alias of this stack';
    throw new NotSimulatedError([{ address, attribute, found: String(uri), supported }]);
  }

  /** The function whose ARN is a part of the URI, such as a URI that contains a stage variable. */
  private functionNamed(uri: unknown): InvokedFunction | undefined {
    const [, arn = ''] = /(arn:[^:]+:lambda:[^/]+)/.exec(String(uri)) ?? [];
    const { name, qualifier } = readFunctionReference(arn);
    const lambda = this.ofType('aws_lambda_function').find(
      ({ attributes }) => attributes['function_name'] === name && arn.startsWith(String(attributes['arn'])),
    );
    if (!lambda || qualifier === undefined) return lambda;
    const isAlias = ({ attributes }: Resource) => functionNameOf(attributes['function_name']) === name;
    const aliases = this.where('aws_lambda_alias', 'name', qualifier).filter(isAlias);
    return aliases.length > 0 || lambda.attributes['version'] === qualifier ? { ...lambda, qualifier } : undefined;
  }

  /**
   * Whether a permission lets API Gateway invoke the function from this source ARN. A permission counts only for its qualifier
   * (Lambda developer guide, "Viewing resource-based IAM policies in Lambda").
   * @throws NotSimulatedError when only permissions that the local run does not simulate could allow it
   */
  permits(sourceArn: string, lambda: InvokedFunction): boolean {
    const account = sourceArn.split(':')[4];
    const candidates = this.permissionsFor('lambda:InvokeFunction', lambda).filter(({ attributes }) => {
      const { principal, source_arn: pattern = '*', source_account: source } = attributes;
      return (
        (isUnknown(principal) || ['apigateway.amazonaws.com', '*'].includes(principal as string)) &&
        (source === undefined || isUnknown(source) || source === account) &&
        (isUnknown(pattern) || wildcard(String(pattern))(sourceArn)) &&
        // These permissions are for users, and for function URLs.
        attributes['principal_org_id'] === undefined &&
        attributes['function_url_auth_type'] === undefined &&
        attributes['invoked_via_function_url'] !== true
      );
    });
    if (candidates.some(({ causes }) => causes.length === 0)) return true;
    if (candidates.length > 0) throw new NotSimulatedError(candidates.flatMap(({ causes }) => causes));
    return false;
  }

  /**
   * The permissions of a function for an action.
   * @param action `lambda:InvokeFunction`
   */
  permissionsFor(action: string, { attributes: lambda, qualifier }: InvokedFunction): Resource[] {
    return this.ofType('aws_lambda_permission').filter(({ attributes }) => {
      const is = (value: unknown, expected: unknown) => isUnknown(value) || value === expected;
      const named = readFunctionReference(attributes['function_name']);
      return (
        (isUnknown(attributes['action']) || wildcard(String(attributes['action']))(action)) &&
        is(named.name, lambda['function_name']) &&
        is(attributes['qualifier'] ?? named.qualifier, qualifier)
      );
    });
  }
}

function isNamed(reference: unknown): (lambda: Resource) => boolean {
  return ({ attributes }) => attributes['function_name'] === functionNameOf(reference);
}

/** @throws NotSimulatedError unless the attribute has one of these values */
export function checkValue({ address, attributes }: Resource, name: string, supported: readonly unknown[]): void {
  if (supported.includes(attributes[name])) return;
  throw new NotSimulatedError([unsupportedValue(address, name, attributes[name], supported)]);
}

/** Reads a number from the attributes of a resource or a block. @throws DeploymentError for another type */
export function numberOf(address: string, attributes: Attributes, name: string, fallback: number): number {
  const value = attributes[name] ?? fallback;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new DeploymentError(`${address}: ${name} must be a number, but is ${JSON.stringify(value)}.`);
}

/** API reference, CreateAuthorizer, authorizerResultTtlInSeconds. */
const MAX_CACHE_SECONDS = 3_600;

/** Terraform's default. */
const DEFAULT_CACHE_SECONDS = 300;

/** Reads how long the results of an authorizer are cached. @throws DeploymentError for a time that API Gateway refuses */
export function cacheSecondsOf({ address, attributes }: Resource): number {
  const name = 'authorizer_result_ttl_in_seconds';
  const seconds = numberOf(address, attributes, name, DEFAULT_CACHE_SECONDS);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_CACHE_SECONDS) return seconds;
  throw new DeploymentError(`${address}: ${name} = ${seconds} must be a whole number from 0 to ${MAX_CACHE_SECONDS}.`);
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
