/** A warning: a consequence of a plan that a reviewer must not overlook. */
import type { Change, Plan } from '../model/plan';

/**
 * - `data`: data is deleted
 * - `access`: more callers get access, or more actions are allowed
 * - `protection`: data is less protected
 * - `callers`: calls to an API stop working
 */
export type WarningKind = 'data' | 'access' | 'protection' | 'callers';

export interface Warning {
  readonly kind: WarningKind;
  /** The address of the resource. */
  readonly address: string;
  /** The rest of a sentence that starts with the address, as Markdown: "loses deletion protection". */
  readonly text: string;
}

/** Finds the warnings about one change of a plan. */
export type Rule = (change: Change, plan: Plan) => readonly Warning[];
