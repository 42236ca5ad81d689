/** Checks the commit id that a plan was made for. */
import { PlanError } from '../plan-error';

/** @throws PlanError when the value is no full commit id */
export function parseCommit(value: string | undefined): string | undefined {
  if (value === undefined || /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value;
  throw new PlanError(
    `--commit: ${JSON.stringify(value)} is no full commit id. Pass the output of \`git rev-parse HEAD\`.`,
  );
}
