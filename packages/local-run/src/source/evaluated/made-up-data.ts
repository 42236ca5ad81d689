/** Finds the values that only the account has and that simulated resources use. The stand-ins make them up. */
import { isObject } from '../../services/is-object';
import type { MadeUpValue } from '../../model/deployment';
import type { Attributes } from '../terraform-json/resource';
import type { EvaluatedResource } from '../terraform/evaluated-resource';
import { ACCOUNT_VALUES, COMPUTED_DATA_SOURCES } from './evaluated-nodes';
import { withoutKeys } from './references';

/** Attributes with the content that a data source reads, of all ACCOUNT_VALUES. */
const CONTENTS = [
  ...['value', 'values', 'secret_string', 'secret_binary', 'random_password', 'plaintext', 'ciphertext_blob', 'body'],
  'content',
];

/** Shorter values occur in unrelated texts. */
const MIN_LENGTH = 6;

/**
 * @param users the managed resources that the local run simulates
 * @param dataSources all data sources of the configuration
 */
export function madeUpValues(
  users: readonly EvaluatedResource[],
  dataSources: readonly EvaluatedResource[],
): readonly MadeUpValue[] {
  const fromAccount = dataSources.filter(
    ({ type }) => type.startsWith('aws_') && !COMPUTED_DATA_SOURCES.includes(type),
  );
  return fromAccount.flatMap(({ address, type, values }) => {
    const block = withoutKeys(address);
    const dependents = users.filter(({ dependencies }) => dependencies.includes(block));
    if (dependents.length === 0) return [];
    const names = ACCOUNT_VALUES.test(type) ? contentsOf(values) : seenByCode(values, dependents);
    return names.map((attribute) => ({ address, attribute, value: textOf(values[attribute]) }));
  });
}

/** An empty content says nothing where another attribute has the content. */
function contentsOf(values: Attributes): string[] {
  const names = CONTENTS.filter((name) => name in values);
  const filled = names.filter((name) => textOf(values[name]) !== '');
  return filled.length > 0 ? filled : names.slice(0, 1);
}

/** Attributes whose values are in environment variables. The configuration names a resource by its name, so names are true. */
function seenByCode(values: Attributes, functions: readonly EvaluatedResource[]): string[] {
  const texts = functions.flatMap(({ configured }) => textsOf(configured['environment']));
  return Object.keys(values).filter((attribute) => {
    const value = values[attribute];
    const isName = attribute.endsWith('name') || value === values['name'];
    if (typeof value !== 'string' || value.length < MIN_LENGTH || isName) return false;
    return texts.some((text) => text.includes(value));
  });
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}

function textOf(value: unknown): string {
  const isEmptyList = Array.isArray(value) && value.length === 0;
  return isEmptyList ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
