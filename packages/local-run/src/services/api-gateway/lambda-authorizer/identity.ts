/** Reads the identity sources of a Lambda authorizer from a request. */
import type { IdentitySource } from '../../../model/deployment';
import { type GatewayRequest, headerPairs } from '../request';

interface IdentityRequest extends Pick<GatewayRequest, 'rawHeaders' | 'rawQuery'> {
  /** Context variables. A dot separates nested names: `identity.sourceIp`. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
}

/**
 * @returns the values in the order of the sources, or the first source that is missing or empty. Repeated headers and query
 *   parameters are joined with a comma
 */
export function readIdentity(
  sources: readonly IdentitySource[],
  request: IdentityRequest,
): { readonly values: readonly string[] } | { readonly missing: string } {
  const values: string[] = [];
  for (const source of sources) {
    const value = valueOf(source, request);
    if (value === '') return { missing: `${source.in} ${source.name}` };
    values.push(value);
  }
  return { values };
}

/** Empty: the request lacks the value. */
function valueOf(
  source: IdentitySource,
  { rawHeaders, rawQuery, context, stageVariables = {} }: IdentityRequest,
): string {
  if (source.in === 'header') {
    const name = source.name.toLowerCase();
    const pairs = headerPairs(rawHeaders).filter(([candidate]) => candidate === name);
    return pairs.map(([, value]) => value).join(',');
  }
  if (source.in === 'query') return new URLSearchParams(rawQuery).getAll(source.name).join(',');
  return contextValue(source.in === 'context' ? context : stageVariables, source.name);
}

function contextValue(context: Readonly<Record<string, unknown>>, name: string): string {
  const value = name
    .split('.')
    .reduce<unknown>((inner, part) => (inner as Readonly<Record<string, unknown>> | undefined)?.[part], context);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
