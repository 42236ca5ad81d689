/** Finds sensitive texts inside other texts, and hides exactly the matching part. */
import { MIN_SECRET_CHARACTERS, secretTexts } from './secret-text';

const HIDDEN = '(sensitive)';

/** A line of a text whose sensitive parts are hidden. */
export interface RedactedLine {
  /** The line as it is shown. */
  readonly shown: string;
  /** Two lines have the same key only if their hidden parts are equal too. */
  readonly key: string;
}

export class Redactor {
  private readonly secrets: ReadonlySet<string>;
  /** Lengths of the secrets by their first twelve characters, from long to short. */
  private readonly lengthsByStart: ReadonlyMap<string, readonly number[]>;

  /** @param sensitive the texts that are marked as sensitive anywhere in the plans */
  constructor(sensitive: Iterable<string>) {
    this.secrets = new Set([...new Set(sensitive)].flatMap(secretTexts));
    const lengthsByStart = new Map<string, Set<number>>();
    for (const secret of this.secrets) {
      const start = secret.slice(0, MIN_SECRET_CHARACTERS);
      const lengths = lengthsByStart.get(start) ?? new Set();
      lengthsByStart.set(start, lengths.add(secret.length));
    }
    this.lengthsByStart = new Map(
      [...lengthsByStart].map(([start, lengths]) => [start, [...lengths].sort((a, b) => b - a)]),
    );
  }

  /** Whether the whole text is a secret. */
  isSecret(text: string): boolean {
    return this.secrets.has(text);
  }

  /** Hides the sensitive parts. */
  redact(text: string): string {
    return this.redactLines(text, false)[0]?.shown ?? '';
  }

  /** Splits a text into lines. A secret that spans lines becomes one part of one line. */
  lines(text: string): RedactedLine[] {
    return this.redactLines(text, true);
  }

  private redactLines(text: string, splits: boolean): RedactedLine[] {
    const lines = [{ shown: '', key: '' }];
    const append = (part: string) => {
      const [first = '', ...others] = splits ? part.split('\n') : [part];
      const last = lines.at(-1);
      if (last) lines[lines.length - 1] = { shown: last.shown + first, key: last.key + first };
      for (const line of others) lines.push({ shown: line, key: line });
    };
    let position = 0;
    for (const [start, end] of this.matches(text)) {
      append(text.slice(position, start));
      const last = lines.at(-1);
      if (last) {
        lines[lines.length - 1] = { shown: last.shown + HIDDEN, key: `${last.key}\0${text.slice(start, end)}\0` };
      }
      position = end;
    }
    append(text.slice(position));
    return lines;
  }

  /** Finds the sensitive parts from left to right. Parts that overlap or touch become one part. */
  private matches(text: string): (readonly [start: number, end: number])[] {
    const matches: [number, number][] = [];
    if (this.secrets.size === 0) return matches;
    for (let start = 0; start + MIN_SECRET_CHARACTERS <= text.length; start += 1) {
      const lengths = this.lengthsByStart.get(text.slice(start, start + MIN_SECRET_CHARACTERS));
      if (lengths === undefined) continue;
      const last = matches.at(-1);
      // Only a secret that ends after the last match, and inside of the text, extends the matches.
      const length = lengths.find((candidate) => {
        const end = start + candidate;
        return end > (last?.[1] ?? 0) && end <= text.length && this.secrets.has(text.slice(start, end));
      });
      if (length === undefined) continue;
      if (last && start <= last[1]) last[1] = start + length;
      else matches.push([start, start + length]);
    }
    return matches;
  }
}
