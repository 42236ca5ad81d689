/** The stacks that a run serves with `--only`. */
import { selectStacks } from '../../src/engine/select-stacks';
import type { Stack } from '../../src/source/stack';

const STACKS = ['items', 'manager', 'products'].map((name) => ({ name }) as Stack);

const select = (...names: string[]) => selectStacks(STACKS, names).map(({ name }) => name);

test('without names, all stacks are served', () => expect(select()).toEqual(['items', 'manager', 'products']));

test('the stacks with the names are served, in the order of the project', () => {
  expect(select('products', 'items')).toEqual(['items', 'products']);
});

test('names that no stack has are refused, with the names of all stacks', () => {
  expect(() => select('items', 'itemz')).toThrow(
    '--only itemz: the project has no such stack with an API. Pass names of its stacks: items, manager, products.',
  );
});
