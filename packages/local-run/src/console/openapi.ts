/** Serves the OpenAPI documents of the stacks, with the URLs of the local run. */
import type { Deployment } from '../model/deployment';
import { HttpError } from './responses';

interface Site {
  readonly deployments: readonly Deployment[];
  urlOf(stack: string, apiAddress: string): string | undefined;
}

/**
 * The document of a stack's API. Its server is the API in this run.
 * @throws HttpError (404) when there is no such stack, or it has no document
 */
export function localOpenApi(site: Site, stack: string): object {
  const apis = site.deployments.find((deployment) => deployment.stack === stack)?.apis ?? [];
  const api = apis.find(({ openApi }) => openApi !== undefined);
  if (!api?.openApi) throw new HttpError(404, `There is no OpenAPI document of a stack ${stack}.`);
  const stage = api.stage === '$default' ? '' : `/${api.stage}`;
  const document = JSON.parse(api.openApi) as Readonly<Record<string, unknown>>;
  return { ...document, servers: [{ url: `${site.urlOf(stack, api.address) ?? ''}${stage}` }] };
}
