/** Generates texts and orders from the seed of a resource. */
import type { ValueGenerator } from '../provider/value-generator';
import type { Values } from '../provider/provider';

const SETS = {
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  numeric: '0123456789',
  special: '!@#$%&*()-_=+[]{}<>:?',
};

/** Generates `length` characters of the sets that the configuration allows, with the minimum of each set. */
export function randomText(values: Values, generator: ValueGenerator): string {
  const special = (values['override_special'] as string | null | undefined) ?? SETS.special;
  const sets = { ...SETS, special: special === '' ? SETS.special : special };
  const names = (['upper', 'lower', 'numeric', 'special'] as const).filter(
    (name) => values[name] !== false && !(name === 'numeric' && values['number'] === false),
  );
  const length = Number(values['length']);
  const minimum = names.map((name) => generator.token(name, Number(values[`min_${name}`] ?? 0), sets[name])).join('');
  const rest = generator.token('text', Math.max(0, length - minimum.length), names.map((name) => sets[name]).join(''));
  return shuffle((minimum + rest).split(''), null, generator).join('');
}

/** @param count @default all elements */
export function shuffle<T>(
  input: readonly T[],
  count: number | null | undefined,
  generator: ValueGenerator,
): readonly T[] {
  const order = [...input];
  const bytes = generator.bytes('shuffle', order.length * 2);
  for (let index = order.length - 1; index > 0; index--) {
    const other = bytes.readUInt16BE(index * 2) % (index + 1);
    [order[index], order[other]] = [order[other] as T, order[index] as T];
  }
  if (count === null || count === undefined || order.length === 0) return order;
  // The real provider repeats the list until it has enough elements.
  return Array.from({ length: count }, (_, index) => order[index % order.length] as T);
}
