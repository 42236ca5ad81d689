/** Says which values of the account are made up, so nobody takes them for the values on AWS. */
import type { Deployment } from '../model/deployment';
import { oneLine } from './first-fault';
import { INDENT, yellow } from './style';

/** More values are listed in one line, without the values. */
const MAX_LISTED = 4;

const MAX_VALUE_CHARACTERS = 60;

const ADVICE = 'Only your account has such values. To set them, read them from variables, and pass --var NAME=VALUE.';

/** @returns undefined when the stack uses no value of the account */
export function madeUpText({ stack, madeUp = [] }: Deployment): string | undefined {
  if (madeUp.length === 0) return undefined;
  const label = yellow('made up'.padEnd(INDENT.length - 1));
  const expressions = madeUp.map(({ address, attribute }) => `${address}.${attribute}`);
  const lines =
    madeUp.length > MAX_LISTED
      ? [expressions.join(', ')]
      : madeUp.map(({ value }, index) => `${expressions[index] ?? ''} ${valueText(value)}`);
  return [...lines.map((line) => `${label} ${stack}: ${line}`), `${INDENT}${ADVICE}`].join('\n');
}

function valueText(value: string): string {
  if (value === '') return 'is empty';
  const line = oneLine(value);
  return `is ${line.length > MAX_VALUE_CHARACTERS ? `${line.slice(0, MAX_VALUE_CHARACTERS)}...` : line}`;
}
