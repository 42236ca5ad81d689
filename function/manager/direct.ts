/** Direct invocations (`aws lambda invoke`, a console test): the result is returned, an error is thrown. */
import { isInexactNumber } from '../http/json';
import { MOST_LEVELS } from '../http/json-body';
import { Problem } from '../http/problem';
import { run } from '../http/run';
import { described, isDeeper, isObject } from '../http/value';
import type { Manager } from './service';

/** @throws Problem; Lambda reports its name and message */
export async function invokeDirectly(manager: Manager, event: unknown, requestId: string): Promise<unknown> {
  const outcome = await run(requestId, 'direct invocation', async () => {
    if (!isObject(event)) {
      const message = `must be an object with the fields operation, tableName and payload, but was ${described(event)}`;
      throw Problem.badInput([{ path: 'event', message }]);
    }
    if (isDeeper(event, MOST_LEVELS)) {
      throw Problem.badInput([{ path: 'event', message: `must not be nested deeper than ${MOST_LEVELS} levels` }]);
    }
    return manager.run(event);
  });
  if ('value' in outcome) return withDigits(outcome.value);
  throw new InvocationProblem(outcome.problem, requestId);
}

/** A problem as an error that Lambda's own report of it says nothing untoward about. */
class InvocationProblem extends Error {
  override readonly name = 'Problem';

  constructor(problem: Problem, requestId: string) {
    super(JSON.stringify(problem.toBody(requestId)));
    // Lambda hands the stack to the caller.
    this.stack = `${this.name}: ${problem.detail}`;
  }
}

/** Lambda makes JSON of the result itself; Node.js 22 has a form for digits that no double holds. */
function withDigits(value: unknown): unknown {
  if (isInexactNumber(value)) {
    const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };
    return rawJSON ? rawJSON(value.value) : value.value;
  }
  if (Array.isArray(value)) return value.map(withDigits);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withDigits(inner)]));
}
