/** Formats warnings as text, and makes parts of policies. */
import type { Plan } from '../../src';
import { ROOT } from '../../src/model/differences';
import { ValuePrinter } from '../../src/print/value-printer';
import { Redactor } from '../../src/redact/redactor';
import { warningsOf } from '../../src/warnings';
import type { Part } from '../../src/warnings/warning';
import { planWith } from './plans';

/** The warnings about a plan, as `kind: address text`. */
export const warningTexts = (plan: Plan) =>
  warningsOf(plan).map(({ kind, address, text }) => `${kind}: ${address} ${plainText(text)}`);

/** The warnings about one change, as `kind: text`. */
export const changeWarnings = (type: string, before: unknown, after: unknown) =>
  warningsOf(planWith([type, before, after])).map(({ kind, text }) => `${kind}: ${plainText(text)}`);

const printer = new ValuePrinter(new Redactor([]));

export const plainText = (text: readonly Part[]) =>
  text
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('name' in part) return `\`${part.name}\``;
      return typeof part.value === 'string' ? `\`${part.value}\`` : printer.line(part.value, ROOT);
    })
    .join('');

export const allow = (more: object) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  ...more,
});

export const policy = (...Statement: object[]) => ({ policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
