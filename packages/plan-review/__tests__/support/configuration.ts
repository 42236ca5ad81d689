/** Makes plans of a configuration, and the expressions in it. */
import { parsePlan, type Plan } from '../../src';
import { rawPlan } from './plans';

export const AWS = 'registry.terraform.io/hashicorp/aws';

/** The expression of a constant. */
export const constant = (value: unknown) => ({ constant_value: value });

/** An expression with references. */
export const references = (...names: readonly string[]) => ({ references: names });

/** Reads a plan without changes. @param more fields of the plan */
export const parse = (more: object): Plan =>
  parsePlan({ ...rawPlan(), configuration: {}, ...more }, 'plan.json', 'stack');
