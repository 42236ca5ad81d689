/** Formats the stacks for a person: outputs, routes and example tokens. Also formats the URL of the console page. */
import type { Deployment } from '../model/deployment';
import { bold, dim } from './style';
import { tokensOf } from './tokens';

/** Formats the URL of the console page, with a note if the requested port is not free. */
export function pageText(page: string, requestedPort: number): string {
  const { port } = new URL(page);
  // A URL omits the port 80.
  const usesOtherPort = requestedPort !== 0 && Number(port || 80) !== requestedPort;
  return `${bold('console')}\n  ${page}${usesOtherPort ? dim(`  (port ${requestedPort} is not free)`) : ''}`;
}

/** Formats each stack with its outputs and routes. */
export function deploymentsText(deployments: readonly Deployment[]): string {
  return deployments.map(deploymentText).join('\n');
}

function deploymentText(deployment: Deployment): string {
  const { stack, outputs, apis, functions, inert } = deployment;
  const names = new Map(functions.map(({ arn, name }) => [arn, name]));
  const rows = Object.entries(outputs).map(([name, value]) => [name, outputText(value)]);
  const routes = apis.flatMap((api) =>
    api.routes.map(({ routeKey, functionArn, notSimulated }) => [
      ...routeKey.split(' '),
      `-> ${notSimulated ? 'not simulated (501)' : (names.get(functionArn) ?? '')}`,
    ]),
  );
  const notSimulated = inert.length === 0 ? [] : [`  Not simulated: ${inert.join(', ')}`, ''];
  const tokens = tokensOf(deployment).map(
    (token) => `  token without signature, which is not checked here: ${token}\n`,
  );
  return [bold(stack), ...table(rows), '', ...table(routes), '', ...notSimulated, ...tokens].join('\n');
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
