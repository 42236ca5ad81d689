/** Runs checkov (https://www.checkov.io) on plans. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PlannedStack } from './plans';

const execute = promisify(execFile);

/** The result of a check of a resource. */
export interface CheckResult {
  readonly stack: string;
  /** For example `CKV_AWS_28`. */
  readonly check: string;
  /** What the check demands. */
  readonly name: string;
  /** The Terraform address, for example `aws_dynamodb_table.items`. */
  readonly address: string;
  readonly passed: boolean;
}

interface Check {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_abs_path: string;
}

interface Report {
  readonly results?: {
    readonly passed_checks: readonly Check[];
    readonly failed_checks: readonly Check[];
    readonly parsing_errors: readonly string[];
  };
}

/**
 * Checks plans, without the network.
 * @param command path of the command `checkov`
 * @throws Error when checkov fails, cannot read a plan, or finds no resource to check
 */
export async function runCheckov(command: string, plans: readonly PlannedStack[]): Promise<CheckResult[]> {
  const files = plans.flatMap(({ plan }) => ['--file', plan]);
  const args = [...files, '--framework', 'terraform_plan', '--output', 'json', '--compact', '--skip-download'];
  // --soft-fail: status 0 in spite of failed checks.
  const { stdout } = await execute(command, [...args, '--soft-fail'], { maxBuffer: 2 ** 28 });
  const { results } = JSON.parse(stdout) as Report;
  if (!results) throw new Error('checkov found no resource to check in the plans.');
  if (results.parsing_errors.length > 0) throw new Error(`checkov cannot read ${results.parsing_errors.join(', ')}.`);
  const toResult =
    (passed: boolean) =>
    ({ check_id: check, check_name: name, resource: address, file_abs_path: file }: Check): CheckResult => {
      return { stack: path.basename(file, '.json'), check, name, address, passed };
    };
  return [...results.passed_checks.map(toResult(true)), ...results.failed_checks.map(toResult(false))];
}
