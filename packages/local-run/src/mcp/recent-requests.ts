/** Reads the requests that the console keeps. */
import { z } from 'zod';
import type { RequestSummary } from '../console/history';
import type { ConsoleClient } from './console-client';
import { stackName } from './tool';

/** Arguments that select requests. */
export const requestFilter = {
  stack: stackName,
  status: z
    .string()
    .regex(/^[1-5](\d\d|xx)$/)
    .optional()
    .describe('A status such as 404, or a class such as 5xx.'),
};

export interface RequestFilter {
  readonly stack?: string | undefined;
  readonly status?: string | undefined;
}

/** @returns the requests that fit, the newest first */
export async function recentRequests(console: ConsoleClient, { stack, status }: RequestFilter) {
  const { requests } = await console.get<{ readonly requests: readonly RequestSummary[] }>('/api/requests', 'requests');
  return requests.filter(
    (request) => (stack === undefined || request.stack === stack) && fitsStatus(request.status, status),
  );
}

function fitsStatus(status: number, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  return String(status).startsWith(wanted.replace('xx', ''));
}
