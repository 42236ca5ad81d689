/** Checks the commit id of a plan. */
import { PlanError } from '../plan-error';

/** @returns the value of --commit, or undefined without it. @throws PlanError when the value is not a full commit id */
export function parseCommit(value: string | undefined): string | undefined {
  if (value === undefined || /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value;
  throw new PlanError(
    `--commit: ${JSON.stringify(value)} is not a full commit id. Pass the output of \`git rev-parse HEAD\`.`,
  );
}
