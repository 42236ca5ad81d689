/** Limits the size of results: an agent reads them within its context. */

/** Maximum characters of one text in a result. */
const MAX_TEXT_CHARACTERS = 10_000;

/** Approximate maximum characters of all texts of a result together. */
export const MAX_RESULT_CHARACTERS = 40_000;

/**
 * Copies a JSON value within the limits. Longer texts and lists end with a text that says how much is missing. The first parts of the
 * value are kept, so put short and important fields first.
 */
export function shorten(value: unknown, remaining: Budget = new Budget()): unknown {
  if (typeof value === 'string') return remaining.take(value);
  if (Array.isArray(value)) return shortenList(value, remaining);
  if (typeof value === 'object' && value !== null) return shortenFields(value, remaining);
  remaining.take('false');
  return value;
}

class Budget {
  private characters = MAX_RESULT_CHARACTERS;

  get isSpent(): boolean {
    return this.characters <= 0;
  }

  take(text: string): string {
    const limit = Math.max(0, Math.min(MAX_TEXT_CHARACTERS, this.characters));
    this.characters -= Math.min(text.length, limit) + 3;
    return text.length <= limit ? text : `${text.slice(0, limit)}... (${text.length - limit} more characters)`;
  }
}

function shortenList(list: readonly unknown[], remaining: Budget): unknown[] {
  const kept: unknown[] = [];
  for (const [index, entry] of list.entries()) {
    if (remaining.isSpent) return [...kept, `... (${list.length - index} more entries)`];
    kept.push(shorten(entry, remaining));
  }
  return kept;
}

function shortenFields(fields: object, remaining: Budget): object {
  const kept: [string, unknown][] = [];
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  for (const [index, [name, value]] of entries.entries()) {
    if (remaining.isSpent) {
      kept.push(['...', `${entries.length - index} more fields`]);
      break;
    }
    remaining.take(name);
    kept.push([name, shorten(value, remaining)]);
  }
  return Object.fromEntries(kept);
}
