/** Formats the stacks for a person: outputs and routes. Also formats the URLs of the console page and of the issuer. */
import type { ApiDeployment, Deployment, RouteDeployment } from '../model/deployment';
import { requestOf } from '../model/routes';
import { tokenTargets } from '../services/tokens/token-target';
import { outputRows, shownOutputs } from './outputs';
import { routeTarget, shownRoutes } from './routes';
import { bold, dim } from './style';

/** Formats the URL of the console page, with a note if the requested port is not free. */
export function pageText(page: string, requestedPort: number): string {
  const { port } = new URL(page);
  // A URL omits the port 80.
  const usesOtherPort = requestedPort !== 0 && Number(port || 80) !== requestedPort;
  return `${bold('console')}\n  ${page}${usesOtherPort ? dim(`  (port ${requestedPort} is not free)`) : ''}`;
}

/**
 * Formats the address of the issuer, with the stacks whose tokens it signs.
 * @param page the URL of the console page, which serves the issuer
 * @returns undefined when no route needs a token
 */
export function issuerText(page: string, deployments: readonly Deployment[]): string | undefined {
  const stacks = deployments.filter((deployment) => tokenTargets(deployment).length > 0).map(({ stack }) => stack);
  if (stacks.length === 0) return undefined;
  return `${bold('issuer of tokens')}\n  ${new URL(page).origin}${dim(`  (for ${stacks.join(', ')})`)}`;
}

/** Formats each stack with its outputs and routes. */
export function deploymentsText(deployments: readonly Deployment[]): string {
  return deployments.map(deploymentText).join('\n');
}

function deploymentText(deployment: Deployment): string {
  const { stack, inert } = deployment;
  const outputs = Object.entries(shownOutputs(deployment)).flatMap(([name, value]) => outputRows(name, value));
  const leftOut = inert.length === 0 ? [] : [`  Left out: ${inert.join(', ')}`, ''];
  return [bold(stack), ...table(outputs), '', ...apisLines(deployment), ...leftOut].join('\n');
}

/** A heading tells the name and the URL of an API, unless the stack has one API whose URL is an output. */
function apisLines(deployment: Deployment): string[] {
  const { apis, apiUrls = {} } = deployment;
  const addresses = [...new Set(apis.map(({ address }) => address))];
  const outputs = JSON.stringify(shownOutputs(deployment));
  const needsHeadings = addresses.length > 1 || !Object.values(apiUrls).every((url) => outputs.includes(url));
  return addresses.flatMap((address) => {
    const stages = apis.filter((api) => api.address === address);
    const heading = `  ${stages[0]?.name ?? ''}${dim(`  ${apiUrls[address] ?? ''}`)}`;
    const rows = stages.flatMap((api) => shownRoutes(api).map((route) => routeRow(route, api, deployment)));
    return [...(needsHeadings ? [heading] : []), ...table(rows), ''];
  });
}

function routeRow(route: RouteDeployment, api: ApiDeployment, deployment: Deployment): string[] {
  const { method, path } = requestOf(api, route.routeKey);
  return [method, path, `-> ${routeTarget(route, deployment)}`];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)),
    [],
  );
  const cells = (row: readonly string[]) =>
    row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).filter((_, index) => widths[index] !== 0);
  return rows.map((row) => `  ${cells(row).join('  ')}`.trimEnd());
}
