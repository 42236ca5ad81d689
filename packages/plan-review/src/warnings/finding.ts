/** What a reviewer must not overlook. */
import type { Change, Plan } from '../model';

/** `data`: it is lost; `access`: more is let in or allowed; `protection`: less guards the data; `callers`: theirs stops working. */
export type Kind = 'data' | 'access' | 'protection' | 'callers';

export interface Finding {
  readonly kind: Kind;
  /** Of the resource that it is about. */
  readonly address: string;
  /** A clause after the address, in Markdown: "is replaced: all its items are lost". */
  readonly text: string;
}

/** Looks at one change of a plan. */
export type Rule = (change: Change, plan: Plan) => readonly Finding[];
