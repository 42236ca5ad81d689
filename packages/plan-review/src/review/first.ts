/** Checks the text that a caller puts before the plans. It must not look like a part of a plan. */
import { quotedText } from '../escape';
import { PlanError } from '../plan-error';

const MAX_BYTES = 20_000;

/**
 * Checks the text.
 * @returns the text without empty lines around it and with `\n` as line end
 * @throws PlanError unless every line is quoted (`> text`) or empty, without `<`, and the text has at most 20,000 bytes
 */
export function checkFirst(text: string): string {
  const normalized = text.replaceAll('\r\n', '\n').replace(/^\n+|\n+$/g, '');
  const fail = (problem: string): never => {
    throw new PlanError(
      `The text before the plans ${problem}. It can contain quoted lines ("> text") and empty lines only.`,
    );
  };
  if (normalized.includes('<!--')) fail('contains an HTML comment');
  const size = Buffer.byteLength(normalized);
  if (size > MAX_BYTES) fail(`has ${size} bytes; the maximum is ${MAX_BYTES}`);
  const lines = normalized.split('\n');
  const position = lines.findIndex((line) => !/^(>( [^<]*)?)?$/.test(line) || /[\p{C}\p{Zl}\p{Zp}]/u.test(line));
  if (position >= 0)
    fail(`has an unexpected line ${position + 1}: ${quotedText((lines[position] ?? '').slice(0, 100))}`);
  return normalized;
}
