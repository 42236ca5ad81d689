/** The view of all tables, with the items of the selected table page by page. */
import * as api from './api.js';
import { element, emptyText, table as tableElement } from './dom.js';

const allTables = (stacks) => stacks.flatMap(({ tables }) => tables);

export function firstId({ stacks }) {
  return allTables(stacks)[0]?.name ?? '';
}

export function list({ stacks }, selectedId) {
  return stacks.flatMap(({ stack, tables }) => [
    element('h2.group', {}, stack),
    ...tables.map((table) => row(table, selectedId)),
  ]);
}

function row({ name, keys }, selectedId) {
  return element(
    'a.row.of-table',
    { href: `#tables/${encodeURIComponent(name)}`, 'aria-current': name === selectedId ? 'true' : undefined },
    element('span', {}, name),
    element('span.aside', {}, keys.join(', ')),
  );
}

export function detail({ stacks }, selectedId) {
  const table = allTables(stacks).find(({ name }) => name === selectedId);
  if (!table) return emptyText('There is no such table. It may have been removed.');
  return element(
    'div',
    {},
    element('div.title', {}, element('h2', {}, table.name)),
    element('p.soft', {}, `Key ${table.keys.join(', ')}. Read directly from DynamoDB, without IAM.`),
    itemPages(table),
  );
}

/** The items of a table, with buttons that go to the previous and the next page. */
function itemPages(table) {
  const section = element('section');
  /** The cursors of all pages up to the current page. The first page has no cursor. */
  const cursors = [undefined];
  let loading = false;

  const load = async () => {
    loading = true;
    try {
      const page = await api.getItems(table.name, cursors.at(-1));
      const focusedButton = section.contains(document.activeElement) ? document.activeElement.textContent : undefined;
      section.replaceChildren(itemTable(table, page.items), buttons(page));
      [...section.querySelectorAll('button')].find(({ textContent }) => textContent === focusedButton)?.focus();
    } catch (error) {
      section.replaceChildren(element('div.panel', {}, element('pre', {}, error.message)));
    } finally {
      loading = false;
    }
  };

  const buttons = ({ items, next }) => {
    const button = (text, disabled, moveCursor) =>
      element('button.plain', { type: 'button', disabled, onclick: () => go(moveCursor) }, text);
    return element(
      'div.actions',
      {},
      button('Previous', cursors.length === 1, () => cursors.pop()),
      button('Next', next === undefined, () => cursors.push(next)),
      button('Refresh', false, () => undefined),
      element('span.soft', { role: 'status' }, `Page ${cursors.length}, ${countText(items.length)}`),
    );
  };

  const go = (moveCursor) => {
    // The second click of a double click would skip a page that has not loaded.
    if (loading) return;
    moveCursor();
    void load();
  };

  void load();
  return section;
}

const countText = (count) => `${count} ${count === 1 ? 'item' : 'items'}`;

function itemTable({ keys }, items) {
  if (items.length === 0) return element('div.panel', {}, emptyText('No items.'));
  // The key attributes come first, then the other attributes, in the order of the items.
  const columns = [...new Set([...keys, ...items.flatMap((item) => Object.keys(item))])];
  const rows = items.map((item) =>
    element('tr', {}, ...columns.map((name) => element('td', {}, attributeValue(item[name])))),
  );
  return element('div.panel.scroll', {}, tableElement(columns, rows));
}

function attributeValue(attribute) {
  if (attribute === undefined) return '';
  const [[type, content]] = Object.entries(attribute);
  const text = typeof content === 'string' ? content : JSON.stringify(withoutTypes(attribute));
  return element(type === 'N' ? 'span.cell.number' : 'span.cell', { title: type }, text);
}

/** Converts DynamoDB's JSON to plain JSON. Numbers stay strings, so they keep all digits. */
function withoutTypes(attribute) {
  const [[type, content]] = Object.entries(attribute);
  if (type === 'NULL') return null;
  if (type === 'L') return content.map(withoutTypes);
  if (type === 'M') {
    return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, withoutTypes(value)]));
  }
  return content;
}
