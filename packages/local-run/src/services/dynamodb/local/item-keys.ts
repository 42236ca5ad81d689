/** Identifies items by their key, to find two actions on one item. */
import type { KeySchema } from '../../../model/deployment';
import { isObject } from '../../is-object';
import type { Action } from './transaction-actions';

/** @returns the key attributes of the item that the action concerns */
export function keyOf({ kind, input }: Action, keySchema: KeySchema): Readonly<Record<string, unknown>> {
  const source = (kind === 'Put' ? input['Item'] : input['Key']) as Record<string, unknown>;
  return Object.fromEntries(keySchema.map(({ AttributeName: name }) => [name, source[name]]));
}

/** @returns a text that is the same for equal keys: `1` and `1.0` are the same number */
export function identityOf(table: string, key: Readonly<Record<string, unknown>>): string {
  const values = Object.values(key).map((value) => {
    const { N: number } = isObject(value) ? value : {};
    return typeof number === 'string' ? canonicalNumber(number) : value;
  });
  return JSON.stringify([table, values]);
}

/** DynamoDB's numbers have 38 digits, so a JavaScript number would make different numbers equal. */
function canonicalNumber(text: string): string {
  const {
    sign,
    whole = '',
    fraction = '',
    exponent,
  } = /^(?<sign>[+-]?)(?<whole>\d*)\.?(?<fraction>\d*)(?:e(?<exponent>[+-]?\d+))?$/i.exec(text)?.groups ?? {};
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent ?? 0) - fraction.length + digits.length - significant.length;
  return `${sign === '-' ? '-' : ''}${significant}e${power}`;
}
