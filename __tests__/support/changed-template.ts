/** Synthesized stacks with changes, for tests of the check of templates. */
import { checkTemplate, type CheckedTemplate } from '../../scripts/terraform/check-template';
import { trustedTarget } from '../../scripts/terraform/trusted-target';
import { readSettings } from '../../stacks/settings';
import { notes } from './contracts';
import { synth } from './synth';

export const SETTINGS = { stateBucket: 'acme-states', namePrefix: 'acme', environment: 'staging', region: 'eu-west-1' };
/** The target of the stack `notes`. */
export const TARGET = trustedTarget(readSettings(SETTINGS, {}), 'notes');

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a template has no type, and each test changes another part of it
export type Template = Record<string, any>;

/** Synthesizes the stack `notes`. */
export function template(): Template {
  const { folder: _, annotations, ...json } = synth(notes, SETTINGS);
  expect(annotations).toEqual([]);
  return JSON.parse(JSON.stringify(json)) as Template;
}

/** Checks the stack `notes` after a change. */
export function check(change: (json: Template) => void): CheckedTemplate {
  const json = template();
  change(json);
  return checkTemplate('notes', json, TARGET);
}

/** A resource with an argument. */
export const withArgument = (argument: string, value: unknown) => (json: Template) => {
  json['resource'].aws_ssm_parameter = { x: { name: 'x', type: 'String', [argument]: value } };
};

/** Makes one copy for each text and each key below a value, and replaces this text or key in the copy. Leaves out comments. */
export function* copiesWith(value: unknown, bad: string): Generator {
  if (typeof value === 'string') yield bad;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === '//') continue;
    for (const copy of copiesWith(member, bad)) yield replaced(value, key, copy);
    if (!Array.isArray(value)) yield { ...value, [bad]: member };
  }
}

const replaced = (value: object, key: string, member: unknown): unknown =>
  Array.isArray(value) ? value.with(Number(key), member) : { ...value, [key]: member };
