/** A form that finds the items of a table, or of one of its indexes, by key. */
import { button, element, labelledInput, select } from './dom.js';

const COMPARISONS = ['=', '<', '<=', '>', '>=', 'begins_with'].map((name) => [name, name.replace('_', ' ')]);

/** @param {(parameters: object) => void} onQuery called with the parameters of `getItems` */
export function queryForm(table, onQuery) {
  const source = select({ id: 'query-index' }, [
    ['', 'the table'],
    ...table.indexes.map(({ name }) => [name, `index ${name}`]),
  ]);
  const keyFields = element('div.query-keys');
  const form = element(
    'form.query',
    {},
    element('label', { htmlFor: 'query-index' }, 'Find in'),
    source,
    keyFields,
    element(
      'div.actions',
      {},
      element('button.plain', { type: 'submit' }, 'Find'),
      button('button.plain', 'All items', () => {
        drawKeys();
        onQuery({ index: source.value });
      }),
    ),
  );
  const keys = () => table.indexes.find(({ name }) => name === source.value)?.keys ?? table.keys;
  const drawKeys = () => {
    const [partition, sort] = keys();
    keyFields.replaceChildren(
      ...labelledInput(partition, { id: 'query-partition' }),
      ...(sort === undefined ? [] : sortFields(sort)),
    );
  };
  source.addEventListener('change', drawKeys);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const valueOf = (id) => form.querySelector(`#${id}`)?.value ?? '';
    const sort = valueOf('query-sort');
    onQuery({
      index: source.value,
      partition: valueOf('query-partition'),
      sort,
      comparison: sort === '' ? '' : valueOf('query-comparison'),
    });
  });
  drawKeys();
  return form;
}

function sortFields(name) {
  const [label, input] = labelledInput(name, { id: 'query-sort', placeholder: 'any' });
  const comparison = select({ id: 'query-comparison', 'aria-label': `Comparison of ${name}` }, COMPARISONS);
  return [label, comparison, input];
}
