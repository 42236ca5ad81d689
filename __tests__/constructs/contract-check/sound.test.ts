/** Contracts without faults, and the error that reports the faults of several contracts. */
import { checkContracts, contractFaults } from '../../../constructs/contract-check/check-contract';
import { ContractError } from '../../../constructs/contract-check/contract-error';
import type { Api } from '../../../function/contract/api';
import { items, notes, todos } from '../../support/contract/contracts';
import { fastestRun } from '../../support/cpu-time';
import { EXAMPLE_APIS, PROJECT_APIS } from '../../support/project-apis';
import { changed, sound } from './faults';

const all: readonly Api[] = [...sound, items, ...PROJECT_APIS, ...EXAMPLE_APIS];

test.each(all.map((api) => [api.name, api] as const))('%#: the contract %s has no faults', (_, api) => {
  expect(contractFaults(api)).toEqual([]);
});

test('the faults of all contracts are reported together, a line each', () => {
  const contracts = [
    changed(todos, { 'item/properties/title/maxLenght': 1, key: 'ident' }),
    notes,
    changed(notes, { name: 'memos', gateway: 'rest' }),
  ];
  expect(() => checkContracts(contracts)).toThrow(ContractError);
  expect(() => checkContracts(contracts)).toThrow(
    [
      'The contract todos has 2 faults:',
      '  item.properties.title.maxLenght is not a keyword of the type string; known are type, minLength, maxLength, ' +
        'anyLength, pattern, format, enum, description, examples, deprecated, default. Did you mean maxLength?',
      '  key names ident, which is no field of the item; the fields are title, done, due, priority, tags, place, ' +
        'id, createdAt, updatedAt, version',
      'The contract memos has a fault:',
      "  gateway must be 'http-api' or 'rest-api', but was the string \"rest\"",
    ].join('\n'),
  );
});

test('two contracts cannot have the same name', () => {
  expect(() => checkContracts([todos, changed(notes, { name: 'todos' })])).toThrow(
    'The contract todos has a fault:\n  name is todos, the name of another contract; choose a different name',
  );
});

test('a value that is not a contract is reported by its position', () => {
  expect(() => checkContracts([undefined])).toThrow(
    'The contract number 1 has a fault:\n  must be an object made with defineApi, but was undefined',
  );
});

test('the check of all contracts without faults takes less than 100 ms', async () => {
  const { ms } = await fastestRun(100, () => all.forEach(contractFaults));
  expect(ms).toBeLessThan(100);
});
