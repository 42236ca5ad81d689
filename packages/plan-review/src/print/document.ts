/**
 * A summary as data: blocks of text, tables and lines of changes. markdown.ts and terminal.ts render it. Texts in it are
 * plain: only a renderer escapes them.
 */

/** A literal text of this package, a name or value (`code`), or an emphasized text (`strong`). */
export type Inline = string | { readonly code: string } | { readonly strong: Inlines };

export type Inlines = readonly Inline[];

/** A line of a diff. The text is one line without invisible characters: `escape.ts` made it. */
export interface DiffLine {
  readonly sign: '@@' | '-' | '+' | ' ';
  readonly text: string;
}

export interface Heading {
  readonly kind: 'heading';
  readonly level: 2 | 3;
  readonly content: Inlines;
}

/** A colored block with a title and a list, or with a text. */
export interface Alert {
  readonly kind: 'alert';
  readonly alert: 'CAUTION' | 'WARNING' | 'NOTE';
  readonly title?: string;
  readonly content: readonly Inlines[];
}

/** Markdown of the caller: quoted lines that `review/first.ts` checked. */
export interface Quote {
  readonly kind: 'quote';
  readonly lines: readonly string[];
}

export interface Table {
  readonly kind: 'table';
  /** The columns; a column of numbers is aligned to the right. */
  readonly columns: readonly { readonly title: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly Inlines[])[];
}

export interface Diff {
  readonly kind: 'diff';
  readonly lines: readonly DiffLine[];
}

/** Blocks below a title, which Markdown can fold. A terminal shows them. */
export interface Fold {
  readonly kind: 'fold';
  readonly title: string;
  /** Whether the fold is open in Markdown until a reader closes it. */
  readonly isOpen: boolean;
  readonly blocks: readonly Block[];
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly content: Inlines;
}

export type Block = Heading | Alert | Quote | Table | Diff | Fold | Paragraph;
