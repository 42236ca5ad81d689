/** Findings about plans, as text; and parts of policies. */
import { type Plan } from '../src';
import { findingsOf } from '../src/warnings';
import { planWith } from './plans';

/** `kind: address text`, a line a finding. */
export const texts = (plan: Plan) => findingsOf(plan).map(({ kind, address, text }) => `${kind}: ${address} ${text}`);

/** The findings about one change. */
export const of = (type: string, before: unknown, after: unknown) =>
  findingsOf(planWith([type, before, after])).map(({ kind, text }) => `${kind}: ${text}`);

export const allow = (more: object) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  ...more,
});

export const policy = (...Statement: object[]) => ({ policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
