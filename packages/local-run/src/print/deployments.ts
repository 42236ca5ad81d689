/** Formats the stacks for a person: outputs and routes. Also formats the URLs of the console page and of the issuer. */
import type { Deployment } from '../model/deployment';
import { tokenTargets } from '../services/tokens/token-target';
import { shownRoutes } from './routes';
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
  const { stack, outputs, sensitiveOutputs = [], apis, functions, inert } = deployment;
  const names = new Map(functions.map(({ arn, name }) => [arn, name]));
  const rows = Object.entries(outputs).map(([name, value]) => [
    name,
    sensitiveOutputs.includes(name) ? '<sensitive>' : outputText(value),
  ]);
  const routes = apis.flatMap((api) =>
    shownRoutes(api).map(({ routeKey, functionArn, notSimulated }) => [
      ...routeKey.split(' '),
      `-> ${notSimulated ? 'answers 501' : (names.get(functionArn) ?? '')}`,
    ]),
  );
  const leftOut = inert.length === 0 ? [] : [`  Left out: ${inert.join(', ')}`, ''];
  return [bold(stack), ...table(rows), '', ...table(routes), '', ...leftOut].join('\n');
}

function outputText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.values(value).map(String).join(', ');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd());
}
