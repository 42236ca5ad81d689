/** Compares the results of checkov with the reasons for failed checks. */
import type { CheckResult } from './checkov';

/** Says why a failed check is accepted. */
export interface SecurityException {
  /** For example `CKV_AWS_116`. */
  readonly check: string;
  /**
   * A type of resources, such as `aws_lambda_function`; a type in one stack, such as `items.aws_apigatewayv2_route`; or one resource,
   * such as `state.aws_s3_bucket.state_logs`.
   */
  readonly resource: string;
  readonly reason: string;
}

export interface Verdict {
  /** Failed checks without a reason, and reasons that no failed check needs. */
  readonly faults: readonly string[];
  /** A line for each stack with its numbers of checks. */
  readonly summary: readonly string[];
}

/** @param stacks the names of all stacks, also of those without a check */
export function judge(
  stacks: readonly string[],
  results: readonly CheckResult[],
  exceptions: readonly SecurityException[],
): Verdict {
  const used = new Set<SecurityException>();
  const open: CheckResult[] = [];
  for (const result of results.filter(({ passed }) => !passed)) {
    const exception = exceptions.find((candidate) => covers(candidate, result));
    if (exception) used.add(exception);
    else open.push(result);
  }
  const unused = exceptions.filter((exception) => !used.has(exception));
  return {
    faults: [...open.map(describe), ...unused.map(describeUnused)],
    summary: summarize(stacks, results, open, used.size),
  };
}

function covers({ check, resource }: SecurityException, { check: failed, stack, address }: CheckResult): boolean {
  const [type = ''] = address.split('.');
  return check === failed && [type, `${stack}.${type}`, `${stack}.${address}`].includes(resource);
}

function describe({ stack, check, name, address }: CheckResult): string {
  return `${stack}.${address} fails ${check}, and has no reason: ${name}.`;
}

function describeUnused({ check, resource }: SecurityException): string {
  return `The reason for ${check} of ${resource} belongs to no failed check.`;
}

function summarize(
  stacks: readonly string[],
  results: readonly CheckResult[],
  open: readonly CheckResult[],
  reasons: number,
): string[] {
  const width = Math.max(...stacks.map((stack) => stack.length));
  const lines = stacks.map((stack) => {
    const own = results.filter((result) => result.stack === stack);
    const failed = own.filter(({ passed }) => !passed).length;
    const withoutReason = open.filter((result) => result.stack === stack).length;
    return (
      `${stack.padEnd(width)}  ${String(own.length - failed).padStart(4)} passed  ${String(failed).padStart(3)} failed` +
      (withoutReason > 0 ? `, ${withoutReason} without a reason` : '')
    );
  });
  const failed = results.filter(({ passed }) => !passed).length;
  const total = `${results.length - failed} checks passed, ${failed} failed; ${reasons} reasons for ${failed - open.length} of them.`;
  return [...lines, total];
}
