/** The tool `read_iam_decisions`. */
import { z } from 'zod';
import { recentRequests, requestFilter } from '../recent-requests';
import { defineTool, limit, READS } from '../tool';

export const readIamDecisions = defineTool({
  name: 'read_iam_decisions',
  title: 'Read IAM decisions',
  description:
    'Reads the DynamoDB calls of functions during recent requests, the newest first, with the decision that the policies of the ' +
    "function's role make. `denied`: no statement allows an action, or a statement denies it; `parts` has the actions with their resources. " +
    '`refused`: the call itself is invalid.',
  input: z.strictObject({
    ...requestFilter,
    decision: z.enum(['allowed', 'denied', 'refused']).optional().describe('Only calls with this decision.'),
    limit: limit(50, 200),
  }),
  annotations: READS,
  run: async (console, { decision: wanted, limit: maximum, ...filter }) => {
    const calls = (await recentRequests(console, filter)).flatMap(({ number, time, stack, method, path, ...request }) =>
      request.calls.map(({ operation, decision, reason, parts, status }) => ({
        ...{ decision, operation, function: request.function, reason, parts, status },
        request: { number, time, stack, method, path, status: request.status },
      })),
    );
    const found = calls.filter(({ decision }) => wanted === undefined || decision === wanted);
    return { found: found.length, calls: found.slice(0, maximum) };
  },
});
