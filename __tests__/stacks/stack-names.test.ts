import { items } from '../../function/items/contract';
import { manager } from '../../function/manager/contract';
import { readSettings, type Settings } from '../../stacks/settings';
import { checkStackNames } from '../../stacks/stack-names';
import { synth } from '../support/synth';

const check = (settings: Partial<Record<keyof Settings, unknown>>) => () =>
  checkStackNames(readSettings(settings, {}), [items, manager]);

test('settings of stacks may name the stacks of the app', () => {
  expect(check({ tableNames: { items: 'items-restored' }, apiKeys: { manager: ['a', 'b'] } })).not.toThrow();
});

test('all names of other stacks are refused together, and so are API keys of a stack without them', () => {
  expect(check({ tableNames: { itens: 'x-restored', zebra: 'zebra' }, apiKeys: { items: ['a'] } })).toThrow(
    [
      '3 settings are wrong; nothing was synthesized.',
      '  - tableNames names itens, which is no stack of this app. Did you mean items?',
      '  - tableNames names zebra, which is no stack of this app. Such stacks are: items, manager.',
      '  - apiKeys names items, which is no stack with API keys. Such stacks are: manager.',
    ].join('\n'),
  );
});

test('tableNames names the table of a stack, in the table, its functions and the outputs', () => {
  const { resource } = synth(items, { tableNames: { items: 'items-restored' } });
  expect(Object.values(resource['aws_dynamodb_table'] ?? {})).toEqual([
    expect.objectContaining({ name: 'items-restored' }),
  ]);
});

test('with a prefix, the name of a restored table starts with it', () => {
  const refused = () => readSettings({ namePrefix: 'acme', tableNames: { items: 'acmeitems' } }, {});
  expect(refused).toThrow(
    'tableNames.items is acmeitems, but namePrefix is acme; restore the table with a name that starts with acme-',
  );
  expect(readSettings({ namePrefix: 'acme', tableNames: { items: 'acme-items' } }, {}).tableNames).toEqual({
    items: 'acme-items',
  });
});
