/** Checks contracts with `answers`: their operations have the request and answer bodies of an AWS tutorial. */
import type { ContractFacts } from './contract-facts';
import { isText, type Place } from './place';

/** Parts of a contract that the tutorial's operations do not support. */
const UNSUPPORTED_PARTS = ['managed', 'indexes', 'ttl'];

export function checkAnswers(contract: Place, { fields, key, isTutorial }: ContractFacts): void {
  const answers = contract.field('answers');
  if (!isTutorial) return;
  if (answers.isObject("an object such as { put: 'Put item', delete: 'Deleted item' }")) {
    answers.allowOnly(['put', 'delete'], 'answers');
    answers.required('put', 'the words before the key in the answer to a put', isText);
    answers.required('delete', 'the words before the key in the answer to a delete', isText);
  }
  for (const part of UNSUPPORTED_PARTS) {
    if (contract.has(part))
      contract.field(part).fault('is not possible in contracts with answers; leave out one of the two');
  }
  if (!key) return;
  const schema = fields.schema(key[0] ?? '');
  const isOneString = key.length === 1 && (!schema || schema.type === 'string');
  if (!isOneString) contract.field('key').fault('must be one field of the type string in contracts with answers');
}
