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

/** Expects the access warnings of a change. A text is the whole warning; a pattern matches its start or a part of it. */
export function expectAccess(
  type: string,
  before: unknown,
  after: unknown,
  expected: readonly (string | RegExp)[],
): void {
  const found = changeWarnings(type, before, after).filter((text) => text.startsWith('access'));
  expect(found).toEqual(
    expected.map((text) =>
      typeof text === 'string'
        ? `access: ${text}`
        : (expect.stringMatching(new RegExp(text.source.replace('^', '^access: '))) as unknown),
    ),
  );
}

/** Expects the warnings of a change, as `kind: text`. */
export function expectWarnings(
  type: string,
  before: unknown,
  after: unknown,
  expected: readonly (string | RegExp)[],
): void {
  expect(changeWarnings(type, before, after)).toEqual(
    expected.map((text) => (typeof text === 'string' ? text : (expect.stringMatching(text) as unknown))),
  );
}

/** The name of a case, its type, both sides, and the expected warnings. */
export type WarningCase = readonly [
  name: string,
  type: string,
  before: object | null,
  after: object | null,
  expected: readonly (string | RegExp)[],
];

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
