/** Reads a CORS configuration: `cors_configuration` of an HTTP API, `cors` of a function URL. */
import type { CorsDeployment } from '../../model/deployment';
import type { Resource } from './resource';
import { blockOf, numberOf } from './resources';

/** @param name name of the block @returns undefined when the resource has no such block */
export function readCors(resource: Resource, name: string): CorsDeployment | undefined {
  if (resource.attributes[name] === undefined) return undefined;
  const block = blockOf(resource, name);
  const list = (attribute: string) => (block[attribute] ?? []) as readonly string[];
  return {
    allowCredentials: block['allow_credentials'] === true,
    allowHeaders: list('allow_headers'),
    allowMethods: list('allow_methods'),
    allowOrigins: list('allow_origins'),
    exposeHeaders: list('expose_headers'),
    maxAge: block['max_age'] === undefined ? undefined : numberOf(resource.address, block, 'max_age', 0),
  };
}
