/** Reads the preconditions of a write: If-Match and If-None-Match (RFC 9110, 13.1). */
import { Problem } from '../http/problem';
import type { Request } from '../http/serve';
import { preview } from '../http/value';
import type { Faults } from '../validation/faults';
import type { Condition } from './condition';
import { etagsIn, versionIn } from './etag';
import { type Item, keyText } from './item';
import type { RouteSetup } from './operation';

/** Reads the condition of a request. @returns undefined when the request has none */
export type ReadCondition = (request: Request, faults: Faults) => Condition | undefined;

/** @param isRequired whether a request without a precondition is answered with 428 */
export function prepareCondition({ model }: RouteSetup<unknown>, isRequired: boolean): ReadCondition {
  return ({ headers }, faults) => {
    const noneMatch = etagsIn(headers['if-none-match']);
    if (noneMatch) {
      if (noneMatch.join() === '*') return 'absent';
      faults.add('If-None-Match', `must be * in a write, but was ${preview(headers['if-none-match'])}`);
      return undefined;
    }
    const match = etagsIn(headers['if-match']);
    if (!match) {
      if (isRequired) throw preconditionRequired();
      return undefined;
    }
    if (match.includes('*')) return 'present';
    if (model.version === undefined) faults.add('If-Match', 'must be *: these items have no version');
    else if (match.length === 0) {
      const message = `must be the ETag of an earlier answer, with its quotation marks, but was ${preview(headers['if-match'])}`;
      faults.add('If-Match', message);
    }
    return match.flatMap((etag) => versionIn(etag) ?? []);
  };
}

/** Whether no item can meet the condition: its ETags are not of this API. */
export function isUnmeetable(condition: Condition | undefined): boolean {
  return typeof condition === 'object' && condition.length === 0;
}

function preconditionRequired(): Problem {
  return new Problem(428, 'This route requires the header If-Match. Read the item, then send the ETag of the answer.');
}

/** The problem of a write whose item is absent, or does not meet its precondition. */
export function refusal(condition: Condition | undefined, given: Item, setup: RouteSetup<unknown>): Problem {
  return condition === undefined ? missingItem(given, setup) : preconditionFailed();
}

export function missingItem(given: Item, { model }: RouteSetup<unknown>): Problem {
  return new Problem(404, `There is no item with the key ${keyText(given, model)}.`);
}

export function preconditionFailed(): Problem {
  return new Problem(
    412,
    'The item does not meet the precondition: it was changed, created or deleted. Read it again.',
  );
}
