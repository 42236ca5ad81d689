/** Serves the OpenAPI documents of the stacks, with the URLs of the local run. */
import type { ApiDeployment, Deployment } from '../model/deployment';
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
  const deployment = site.deployments.find((candidate) => candidate.stack === stack);
  const api = deployment && documentedApi(deployment);
  if (!api?.openApi) throw new HttpError(404, noDocumentMessage(site.deployments, stack));
  const stage = api.stage === '$default' ? '' : `/${api.stage}`;
  const document = JSON.parse(api.openApi) as Readonly<Record<string, unknown>>;
  return { ...document, servers: [{ url: `${site.urlOf(stack, api.address) ?? ''}${stage}` }] };
}

/** @returns the API that the stack's OpenAPI document describes; undefined when the stack has no document */
export function documentedApi({ apis }: Deployment): ApiDeployment | undefined {
  return apis.find(({ openApi }) => openApi !== undefined);
}

function noDocumentMessage(deployments: readonly Deployment[], stack: string): string {
  const names = deployments.filter(documentedApi).map((deployment) => deployment.stack);
  const documents = names.length > 0 ? `There are documents of ${names.join(', ')}.` : 'No stack has a document.';
  return `There is no OpenAPI document of a stack ${stack}. ${documents}`;
}
