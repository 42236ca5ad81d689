/** Applies the parameter mappings of a route to requests and responses. All variables have the values before the changes. */
import type { HttpApiDeployment, MappingVariable, ParameterMapping } from '../../../model/deployment';
import type { Header, HttpResponse } from '../gateway';
import { type GatewayRequest, headerPairs } from '../request';
import { property } from '../rest-api/property';
import type { RoutedRequest } from './event';
import { httpApiEventV1 } from './event-v1';

/** A message, as the variables of mappings see it. */
interface Message {
  /** Names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly query: URLSearchParams;
  readonly body: Buffer | string;
}

/** The request, to which variables in mappings of its response refer, too. */
export interface MappedRequest {
  readonly request: GatewayRequest;
  readonly api: HttpApiDeployment;
  readonly routed: RoutedRequest;
}

type Values = (variable: MappingVariable) => string | undefined;

/** API Gateway reads a JSON path in the first 100 KB of a body. */
const MAX_BODY_BYTES = 100 * 1024;

/** @returns the request with changed headers and query, and the path that replaces its path and stage, if any */
export function mapRequest(
  mapped: MappedRequest,
  mappings: readonly ParameterMapping[],
): { readonly request: GatewayRequest; readonly path: string | undefined } {
  const { request } = mapped;
  const query = new URLSearchParams(request.rawQuery);
  const values = valuesOf(mapped, { headers: headerPairs(request.rawHeaders), query, body: request.body });
  const forTarget = (target: ParameterMapping['target']) => mappings.filter((mapping) => mapping.target === target);
  const headers = changePairs(headerPairs(request.rawHeaders), forTarget('header'), values);
  const queryMappings = forTarget('querystring');
  const queryPairs = changePairs([...query], queryMappings, values);
  const [path] = forTarget('path').map((mapping) => valueOf(mapping, values));
  return {
    request: {
      ...request,
      rawHeaders: headers.flat(),
      rawQuery: queryMappings.length === 0 ? request.rawQuery : queryText(queryPairs),
    },
    path,
  };
}

/** Applies the mappings for the status code of a response. Mappings of other statuses have no effect. */
export function mapResponse(
  mapped: MappedRequest,
  response: HttpResponse,
  mappings: Readonly<Record<string, readonly ParameterMapping[]>>,
): HttpResponse {
  const selected = mappings[String(response.status)] ?? [];
  if (selected.length === 0) return response;
  const pairs = response.headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  const values = valuesOf(mapped, { headers: pairs, query: new URLSearchParams(), body: response.body });
  const ofHeaders = selected.filter(({ target }) => target === 'header');
  const [status] = selected.filter(({ target }) => target === 'statuscode').map((mapping) => valueOf(mapping, values));
  const isStatus = /^[2-5]\d\d$/.test(status ?? '');
  return {
    ...response,
    status: isStatus ? Number(status) : response.status,
    headers: changePairs(pairs, ofHeaders, values),
  };
}

function valuesOf({ request, api, routed }: MappedRequest, { headers, query, body }: Message): Values {
  const context = () => ({
    ...(httpApiEventV1(request, api, routed)['requestContext'] as object),
    routeKey: routed.routeKey,
  });
  return ({ from, keys }) => {
    const [name = ''] = keys.map(String);
    switch (from) {
      case 'header':
        return joined(headers.filter(([header]) => header === name).map(([, value]) => value));
      case 'querystring':
        return joined(query.getAll(name));
      case 'path':
        return routed.path;
      case 'pathParameter':
        return toText(property(routed.pathParameters, name));
      case 'stageVariable':
        return toText(property(api.stageVariables, name));
      case 'context':
        return toText(keys.reduce<unknown>((value, key) => property(value, String(key)), context()));
      case 'body':
        return bodyValue(Buffer.from(body), keys);
    }
  };
}

function joined(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}

function bodyValue(body: Buffer, keys: MappingVariable['keys']): string | undefined {
  if (keys.length === 0) return body.toString();
  try {
    const json: unknown = JSON.parse(body.subarray(0, MAX_BODY_BYTES).toString());
    return toText(keys.reduce<unknown>((value, key) => property(value, String(key)), json));
  } catch {
    // A body that is no JSON, or no JSON up to its limit, has no values.
    return undefined;
  }
}

function toText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** @returns undefined for a mapping whose only variable has no value */
function valueOf({ value }: ParameterMapping, values: Values): string | undefined {
  const texts = value.map((part) => (typeof part === 'string' ? part : values(part)));
  return texts.length === 1 ? texts[0] : texts.map((text) => text ?? '').join('');
}

/** AWS does not document a mapping whose value is missing. Here it changes nothing. */
function changePairs(pairs: readonly Header[], mappings: readonly ParameterMapping[], values: Values): Header[] {
  return mappings.reduce<Header[]>(
    (changed, mapping) => {
      const { operation, name } = mapping;
      if (operation === 'remove') return changed.filter(([other]) => other !== name);
      const value = valueOf(mapping, values);
      if (value === undefined) return changed;
      const kept = operation === 'overwrite' ? changed.filter(([other]) => other !== name) : changed;
      return [...kept, [name, value]];
    },
    [...pairs],
  );
}

/** Encodes a space as %20, as most callers do. */
function queryText(pairs: readonly Header[]): string {
  return pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
}
