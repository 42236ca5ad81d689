/** A table of items. The key attributes come first. */
import { button, element, emptyText, table as tableElement } from './dom.js';
import { itemText } from './item-json.js';

/**
 * @param {string[]} keys names of the key attributes
 * @param {(item: object) => void} onEdit
 */
export function itemTable(keys, items, onEdit) {
  if (items.length === 0) return element('div.panel', {}, emptyText('No items.'));
  const columns = [...new Set([...keys, ...items.flatMap((item) => Object.keys(item))])];
  const rows = items.map((item) => {
    const key = keys.map((name) => Object.values(item[name] ?? {})[0]).join(', ');
    const edit = button('button.plain.small', 'Edit', () => onEdit(item), { 'aria-label': `Edit the item ${key}` });
    const cells = columns.map((name) => element('td', { 'data-name': name }, attributeValue(item[name])));
    return element('tr', {}, element('td.edit', {}, edit), ...cells);
  });
  return element('div.panel.scroll', {}, tableElement(['', ...columns], rows));
}

function attributeValue(attribute) {
  if (attribute === undefined) return '';
  const [[type, content]] = Object.entries(attribute);
  const text = typeof content === 'string' ? content : plainText(attribute);
  return element(type === 'N' ? 'span.cell.number' : 'span.cell', { title: type }, text);
}

/** A value in plain JSON. Only items have a plain form, so the value is written as the value of an attribute. */
const plainText = (attribute) =>
  itemText({ a: attribute }).slice('{\n  "a": '.length, -'\n}'.length).replace(/\n\s*/g, ' ');
