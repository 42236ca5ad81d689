/** Formats values as JSON in one line, and hides their sensitive parts. No other file turns a value of a plan into text. */
import { quotedText, spellOut } from '../escape';
import { itemPlace, memberPlace, type Place, placeOf } from '../model/differences';
import { type Hidden, hiddenAt } from '../model/hidden';
import {
  canonicalJson,
  ExactNumber,
  isEmpty,
  isList,
  isObject,
  isSame,
  parseJsonText,
  type Value,
} from '../model/value';
import type { Redactor } from '../redact/redactor';
import type { Inlines } from './document';
import { shorten } from './shorten';

/** A value that needs more characters in one line is split into lines. */
const MAX_LINE_CHARACTERS = 160;

/** A part of a value, ready for a line: its path and its text. */
export interface ValueLine {
  readonly path: string;
  readonly text: string;
}

/** A line of a text, or a member of a list. */
export interface SequenceItem {
  /** Equal items have equal keys. */
  readonly key: string;
  readonly shown: string;
  /** Formats the item. A long text shows its differences from `other`. */
  readonly format: (other?: string) => string;
}

/** The value on the other side of a change. */
export interface OtherSide {
  readonly value: Value | undefined;
  readonly side: 'before' | 'after';
}

export class ValuePrinter {
  /** @param hidden the sensitive parts of the values that this printer formats, by path */
  constructor(
    private readonly redactor: Redactor,
    private readonly hidden: Hidden = false,
  ) {}

  /** Creates a printer without the marks of this change, for values that have none, such as its identity. */
  withoutHidden(): ValuePrinter {
    return new ValuePrinter(this.redactor);
  }

  /** Whether a value is compared and shown as a whole, because it is sensitive. */
  readonly isOpaque = (value: Value | undefined, place: Place): boolean =>
    hiddenAt(this.hidden, place.steps) || this.isSecret(value, place);

  /** Formats a path. Hides secrets in it, because a key of a map can contain a secret. */
  path({ path, isPolicy }: Place): string {
    return spellOut(isPolicy ? path : this.redactor.redact(path));
  }

  /** Hides the sensitive parts of a name. */
  redacted(name: string): string {
    return this.redactor.redact(name);
  }

  /**
   * Formats a value in one line. A text with JSON is shown as `JSON {...}`.
   * @param other the value on the other side of the change
   */
  line(value: Value, place: Place, other?: OtherSide): string {
    if (typeof value === 'symbol') return value.description ?? '';
    if (hiddenAt(this.hidden, place.steps))
      return isChanged(value, other) ? '(sensitive value, changed)' : '(sensitive value)';
    if (this.isSecret(value, place)) return isChanged(value, other) ? '(sensitive, changed)' : '(sensitive)';
    const content = parseJsonText(value);
    if (content !== undefined) return `JSON ${this.line(content, placeOf(content, place))}`;
    if (typeof value === 'string') return this.text(value, place, other);
    if (value instanceof ExactNumber) return value.digits;
    if (isList(value)) {
      return `[${value.map((member, index) => this.line(member, itemPlace(place, index))).join(', ')}]`;
    }
    if (!isObject(value)) return String(value);
    const inside = placeOf(value, place);
    const members = Object.entries(value).map(
      ([key, member]) => `${this.key(key, inside)}: ${this.line(member, memberPlace(inside, key))}`,
    );
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }

  /** Formats a value inside of a sentence. It is never shortened: the end of a long command can be the dangerous part. */
  inline(value: Value, place: Place): Inlines {
    if (typeof value === 'symbol') return [value.description ?? ''];
    if (typeof value !== 'string' || this.isOpaque(value, place)) return [{ code: this.line(value, place) }];
    if (place.isPolicy) return [{ code: value }];
    return [{ code: this.redactor.redact(value) }];
  }

  /** Formats a value in one line, or in one line for each of its parts if it is long. Empty parts are omitted. */
  lines(value: Value, place: Place, other?: OtherSide): ValueLine[] {
    if (charactersLeft(value, MAX_LINE_CHARACTERS) < 0 && !this.isOpaque(value, place)) {
      const content = parseJsonText(value) ?? value;
      const parts = this.parts(content, placeOf(content, place));
      if (parts.length > 0) return parts;
    }
    return [{ path: this.path(place), text: this.line(value, place, other) }];
  }

  /** Splits a text into lines, or a list into members, for a comparison in their order. */
  sequence(value: string | readonly Value[], place: Place): SequenceItem[] {
    if (typeof value === 'string' && place.isPolicy) {
      return value.split('\n').map((line) => ({ key: line, shown: line, format: () => quotedText(line) }));
    }
    if (typeof value === 'string') {
      return this.redactor
        .lines(value)
        .map(({ shown, key }) => ({ key, shown, format: (other) => shorten(shown, other) }));
    }
    return value.map((member, index) => {
      const shown = this.line(member, itemPlace(place, index));
      return { key: canonicalJson(member), shown, format: () => shown };
    });
  }

  private parts(content: Value, place: Place): ValueLine[] {
    if (typeof content === 'string' && content.includes('\n')) {
      const lines = this.sequence(content, place);
      const path = this.path(place);
      return (content.endsWith('\n') ? lines.slice(0, -1) : lines).map(({ format }) => ({ path, text: format() }));
    }
    if (isList(content)) {
      return content.flatMap((member, index) => (isEmpty(member) ? [] : this.lines(member, itemPlace(place, index))));
    }
    if (!isObject(content)) return [];
    return Object.keys(content)
      .sort()
      .flatMap((key) => {
        const member = content[key] ?? null;
        return isEmpty(member) ? [] : this.lines(member, memberPlace(place, key));
      });
  }

  private text(value: string, { isPolicy }: Place, other: OtherSide | undefined): string {
    if (isPolicy) return quotedText(value);
    const shown = this.redactor.redact(value);
    if (typeof other?.value !== 'string') return shorten(shown);
    const otherShown = this.redactor.redact(other.value);
    const isOnlyHiddenChange = shown === otherShown && isChanged(value, other);
    return `${shorten(shown, otherShown)}${isOnlyHiddenChange ? ' (sensitive part changed)' : ''}`;
  }

  private key(key: string, { isPolicy }: Place): string {
    return quotedText(isPolicy ? key : this.redactor.redact(key));
  }

  private isSecret(value: Value | undefined, { isPolicy }: Place): boolean {
    return typeof value === 'string' && !isPolicy && this.redactor.isSecret(value.trim());
  }
}

/** Whether the value is the new side of a change, and replaces another value. */
function isChanged(value: Value, other: OtherSide | undefined): boolean {
  return other?.side === 'before' && !isEmpty(other.value) && !isSame(value, other.value);
}

/** Subtracts the approximate length of a value in one line from the limit. Stops below zero, because a value can be large. */
function charactersLeft(value: Value, limit: number): number {
  if (typeof value === 'string') return limit - value.length - '""'.length;
  if (!isList(value) && !isObject(value)) return limit - canonicalJson(value).length;
  let left = limit - '{  }'.length;
  for (const [key, member] of Object.entries(value)) {
    if (left < 0) break;
    left = charactersLeft(member, left - (isList(value) ? ', '.length : `"${key}": , `.length));
  }
  return left;
}
