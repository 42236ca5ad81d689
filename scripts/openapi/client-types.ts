/** Makes the TypeScript types of a client from an OpenAPI document. */
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';

/**
 * The types for `createClient` of openapi-fetch.
 * @example
 * import createClient from 'openapi-fetch';
 * import type { paths } from './dist/client/orders';
 * const client = createClient<paths>({ baseUrl: url });
 */
export async function clientTypes(document: Readonly<Record<string, unknown>>): Promise<string> {
  const types = await openapiTS(structuredClone(document) as unknown as OpenAPI3, {
    // Requests may lack a field with a default.
    defaultNonNullable: false,
  });
  return `/* eslint-disable */\n/** Made by npm run client. Do not edit it. */\n${astToString(types)}`;
}
