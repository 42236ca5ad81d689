/** Reads the preconditions of a write: If-Match and If-None-Match (RFC 9110, 13.1). */
import type { Model } from '../contract/model';
import { Problem } from '../http/problem';
import type { Request } from '../http/serve';
import { preview } from '../http/value';
import type { Faults } from '../validation/faults';
import type { Condition } from './condition';
import { etagsIn, versionIn } from './etag';
import { type Item, keyText } from './item';
import type { RouteSetup } from './operation';

/** Reads the preconditions of a request. @returns undefined when the request has none */
export type ReadCondition = (request: Request, faults: Faults) => Condition | undefined;

/** @param isRequired whether a request without a precondition is answered with 428 */
export function prepareCondition({ model }: RouteSetup<unknown>, isRequired: boolean): ReadCondition {
  return ({ headers: { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } }, faults) => {
    if (ifNoneMatch !== undefined && etagsIn(ifNoneMatch) !== '*')
      faults.add('If-None-Match', `must be * in a write, but was ${preview(ifNoneMatch)}`);
    const match = ifMatch === undefined ? undefined : readMatch(ifMatch, model, faults);
    // No item can meet both headers: If-Match requires an item, If-None-Match its absence.
    if (ifNoneMatch !== undefined) return match === undefined ? 'absent' : [];
    if (match === undefined && isRequired) throw preconditionRequired();
    return match;
  };
}

/** DynamoDB refuses expressions with more than 300 operators. */
const MAX_ETAGS = 20;

function readMatch(ifMatch: string, { version }: Model, faults: Faults): Condition {
  const etags = etagsIn(ifMatch);
  if (etags === '*') return 'present';
  const fault = matchFault(etags, ifMatch, version);
  if (fault !== undefined) faults.add('If-Match', fault);
  return etags?.flatMap((etag) => versionIn(etag) ?? []) ?? [];
}

function matchFault(etags: readonly string[] | undefined, ifMatch: string, version?: string): string | undefined {
  if (version === undefined) return 'must be *: these items have no version';
  if (!etags) return `must be the ETag of an earlier answer, with its quotation marks, but was ${preview(ifMatch)}`;
  return etags.length > MAX_ETAGS ? `must have at most ${MAX_ETAGS} ETags, but has ${etags.length}` : undefined;
}

/** Whether no item can meet the condition: it has no ETag of this API, or it requires both an item and its absence. */
export function isUnmeetable(condition: Condition | undefined): boolean {
  return typeof condition === 'object' && condition.length === 0;
}

function preconditionRequired(): Problem {
  return new Problem(428, 'This route requires the header If-Match. Read the item, then send the ETag of the answer.');
}

/** Returns the problem of a refused write: 404 without a precondition, 412 with a precondition. */
export function refusal(condition: Condition | undefined, key: Item, setup: RouteSetup<unknown>): Problem {
  return condition === undefined ? missingItem(key, setup) : preconditionFailed();
}

export function missingItem(key: Item, { model }: RouteSetup<unknown>): Problem {
  return new Problem(404, `There is no item with the key ${keyText(key, model)}.`);
}

export function preconditionFailed(): Problem {
  return new Problem(
    412,
    'The item does not meet the precondition: it was changed, created or deleted. Read it again.',
  );
}
