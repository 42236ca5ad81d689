/** The tool `read_logs`. */
import { z } from 'zod';
import type { RequestSummary } from '../../console/history';
import { recentRequests, requestFilter } from '../recent-requests';
import { defineTool, limit, READS } from '../tool';

export const readLogs = defineTool({
  name: 'read_logs',
  title: 'Read logs',
  description:
    'Reads recent requests to the APIs of the local run with the log lines of their functions, the newest first. Each has its status, its ' +
    'route, and the reason when the gateway refused it. The run keeps the last 200 requests.',
  input: z.strictObject({
    ...requestFilter,
    text: z
      .string()
      .min(1)
      .optional()
      .describe('Only requests whose path, route, reason or log lines contain this text.'),
    limit: limit(20, 200),
  }),
  annotations: READS,
  run: async (console, { text, limit: maximum, ...filter }) => {
    const found = (await recentRequests(console, filter)).filter((request) => contains(request, text));
    return { found: found.length, requests: found.slice(0, maximum).map(describe) };
  },
});

function contains({ path, route, reason, fault, logs }: RequestSummary, text: string | undefined): boolean {
  if (text === undefined) return true;
  const texts = [path, route, reason, fault, ...logs];
  return texts.some((part) => part?.toLowerCase().includes(text.toLowerCase()));
}

function describe({ number, time, stack, method, path, route, status, ...request }: RequestSummary) {
  const { milliseconds, coldStart, reason, fault, calls, logs } = request;
  return {
    ...{ number, time, stack, method, path, route, status, milliseconds, coldStart },
    ...{ function: request.function, reason, fault },
    iam: calls.map(({ operation, decision }) => `${operation} ${decision}`),
    logs,
  };
}
