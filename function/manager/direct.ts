/** Handles direct invocations (`aws lambda invoke`, a test in the AWS console): returns the result itself, or throws. */
import { isInexactNumber } from '../dynamodb/number';
import { MAX_BODY_LEVELS } from '../http/json-body';
import { runLogged } from '../http/outcome';
import { Problem } from '../http/problem';
import { describeValue, isDeeperThan, isObject } from '../http/value';
import type { Manager } from './service';

/** Executes the operation in the event. @throws InvocationError, whose name and message Lambda reports to the caller */
export async function invokeDirectly(manager: Manager, event: unknown, requestId: string): Promise<unknown> {
  const outcome = await runLogged(requestId, 'direct invocation', async () => {
    if (!isObject(event)) {
      throw eventFault(
        `must be an object with the fields operation, tableName and payload, but was ${describeValue(event)}`,
      );
    }
    if (isDeeperThan(MAX_BODY_LEVELS, event)) {
      throw eventFault(`must not be nested deeper than ${MAX_BODY_LEVELS} levels`);
    }
    return manager.run(event);
  });
  if ('value' in outcome) return withRawNumbers(outcome.value);
  throw new InvocationError(outcome.problem, requestId);
}

function eventFault(message: string): Problem {
  return Problem.badInput([{ path: 'event', message }]);
}

/** Wraps a problem so that Lambda's error report reveals nothing internal. */
class InvocationError extends Error {
  override readonly name = 'Problem';

  constructor(problem: Problem, requestId: string) {
    super(JSON.stringify(problem.toBody(requestId)));
    // Lambda also reports the stack to the caller.
    this.stack = `${this.name}: ${problem.detail}`;
  }
}

/**
 * Prepares inexact numbers for Lambda, which writes the result with JSON.stringify.
 * `JSON.rawJSON` keeps all digits. Node.js supports it from version 22; in older versions, the number becomes a string.
 */
function withRawNumbers(value: unknown): unknown {
  if (isInexactNumber(value)) {
    const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };
    return rawJSON ? rawJSON(value.value) : value.value;
  }
  if (Array.isArray(value)) return value.map(withRawNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, withRawNumbers(child)]));
}
