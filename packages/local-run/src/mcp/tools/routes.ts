/** The tool `list_routes`, and the stacks as the console describes them. */
import type { RouteDescription, StackDescription } from '../../console/stacks';
import { CallError, type ConsoleClient } from '../console-client';
import { z } from 'zod';
import { defineTool, READS, stackName } from '../tool';

export const listRoutes = defineTool({
  name: 'list_routes',
  title: 'List routes',
  description:
    'Lists the routes of the APIs that the local run serves: stack, method, path, authorization, function and an example request. ' +
    'For routes with `token`, call send_request with `token`; the example has no such header.',
  input: z.strictObject({
    stack: stackName,
    text: z.string().optional().describe('Lists only routes whose method, path or function contains this text.'),
  }),
  annotations: READS,
  run: async (console, { stack, text = '' }) => {
    const stacks = await readStacks(console, stack);
    const routes = stacks.flatMap((description) => description.routes).filter((route) => contains(route, text));
    return {
      console: console.origin,
      stacks: stacks.map((description) => description.stack),
      routes: routes.map(describe),
    };
  },
});

/** @throws CallError when there is no such stack */
export async function readStacks(console: ConsoleClient, stack?: string): Promise<readonly StackDescription[]> {
  const { stacks } = await console.get<{ readonly stacks: readonly StackDescription[] }>('/api/stacks', 'stacks');
  const selected = stacks.filter((description) => stack === undefined || description.stack === stack);
  if (stack === undefined || selected.length > 0) return selected;
  const names = stacks.map((description) => description.stack).join(', ');
  throw new CallError(`The run has no stack ${stack}. Pass one of its stacks: ${names}.`);
}

function contains({ routeKey, path, function: name }: RouteDescription, text: string): boolean {
  return [routeKey, path, name].some((part) => part.toLowerCase().includes(text.toLowerCase()));
}

function describe({
  stack,
  api,
  url,
  method,
  path,
  authorization,
  apiKey,
  token,
  example,
  ...route
}: RouteDescription) {
  const headers = Object.entries(example.headers).filter(([name]) => name !== token?.header);
  return {
    ...{ stack, api, url, method },
    // The route $default serves all paths without another route.
    path: method === '$default' ? example.path : path,
    authorization: authorization ?? 'none',
    apiKey,
    token,
    function: route.function,
    example: { ...example, headers: Object.fromEntries(headers) },
  };
}
