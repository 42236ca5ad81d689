/** The parameters that a request validator requires. */
import type { RequestParameter, RestRouteDeployment } from '../../../model/deployment';
import { type GatewayRequest, headerValue } from '../request';
import { parseQuery } from './event';

/**
 * Finds the parameters that a request lacks. A blank value is no value (developer guide, "Request validation for REST APIs").
 * A path variable always has a value: otherwise another route matches.
 */
export function missingParameters(
  { requiredParameters = [] }: Pick<RestRouteDeployment, 'requiredParameters'>,
  request: Pick<GatewayRequest, 'rawHeaders' | 'rawQuery'>,
): string[] {
  if (requiredParameters.length === 0) return [];
  return requiredParameters.filter((parameter) => isBlank(valueOf(parameter, request))).map(({ name }) => name);
}

function valueOf(
  { in: place, name }: RequestParameter,
  { rawHeaders, rawQuery }: Pick<GatewayRequest, 'rawHeaders' | 'rawQuery'>,
): string | undefined {
  if (place === 'header') return headerValue(rawHeaders, name.toLowerCase());
  return place === 'path' ? 'present' : parseQuery(rawQuery)?.[name]?.at(-1);
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}
