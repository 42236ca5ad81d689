/** The view of all tables, with keys and indexes of the selected table, and its items page by page. */
import * as api from './api.js';
import { button, definitionList, element, emptyText } from './dom.js';
import { openEditor } from './item-editor.js';
import { itemTable } from './item-table.js';
import { queryForm } from './query-form.js';
import { searchBox } from './search-box.js';

const search = searchBox('Search tables', 'table, stack or attribute');

export const tools = (_, redraw) => search.element(redraw);

const allTables = (stacks) => stacks.flatMap(({ tables }) => tables);

export function firstId({ stacks }) {
  return allTables(stacks)[0]?.name ?? '';
}

export const placeholder = () => 'The stacks have no tables.';

export function list({ stacks }, selectedId) {
  const groups = stacks.map(({ stack, tables }) => ({
    stack,
    tables: tables.filter(({ name, keys }) => search.matches([stack, name, ...keys])),
  }));
  const nodes = groups
    .filter(({ tables }) => tables.length > 0)
    .flatMap(({ stack, tables }) => [element('h2.group', {}, stack), ...tables.map((table) => row(table, selectedId))]);
  return nodes.length > 0 ? nodes : [emptyText(search.isActive() ? 'No table matches the search.' : 'No tables.')];
}

function row({ name, keys }, selectedId) {
  return element(
    'a.row.of-table',
    { href: `#tables/${encodeURIComponent(name)}`, 'aria-current': name === selectedId ? 'true' : undefined },
    element('span', { title: name }, name),
    element('span.aside', {}, keys.join(', ')),
  );
}

/** The last detail. While its table stays the same, a reload keeps the detail with its query and its page. */
let shownDetail = { key: '', content: undefined };

export function detail({ stacks }, selectedId) {
  const table = allTables(stacks).find(({ name }) => name === selectedId);
  if (!table) return emptyText('There is no such table. It may have been removed.');
  const key = JSON.stringify(table);
  if (shownDetail.key !== key || !shownDetail.content.isConnected) shownDetail = { key, content: tableDetail(table) };
  return shownDetail.content;
}

function tableDetail(table) {
  const pages = itemPages(table);
  return element(
    'div',
    {},
    element('div.title', {}, element('h2', {}, table.name)),
    element('p.soft', {}, 'Items are read and written directly in DynamoDB, without IAM.'),
    element('div.panel.facts', {}, definitionList(keyFacts(table))),
    queryForm(table, (parameters) => pages.query(parameters)),
    pages.section,
  );
}

function keyFacts({ keys, types, indexes, ttlAttribute }) {
  const keyText = (names) => names.map((name) => `${name} (${types[name] ?? 'S'})`).join(', ');
  return [
    ['key', keyText(keys)],
    ...indexes.map((index) => [
      `index ${index.name}`,
      `${keyText(index.keys)}; ${index.kind}; ${projectionText(index)}`,
    ]),
    ...(ttlAttribute === undefined ? [] : [['expires at', ttlAttribute]]),
  ];
}

function projectionText({ projection }) {
  if (projection.type === 'ALL') return 'all attributes';
  if (projection.type === 'KEYS_ONLY') return 'keys only';
  return `keys and ${projection.nonKeyAttributes.join(', ')}`;
}

/** The items of a table, with buttons that go to the previous and the next page. */
function itemPages(table) {
  const section = element('section.items');
  const status = element('span.soft', { role: 'status' });
  let parameters = {};
  /** The cursors of all pages up to the current page. The first page has no cursor. */
  let cursors = [undefined];
  let loading = false;

  const load = async (note = '') => {
    loading = true;
    try {
      const page = await api.getItems(table.name, { ...parameters, start: cursors.at(-1) });
      const focusedButton = section.contains(document.activeElement) ? document.activeElement.textContent : undefined;
      section.replaceChildren(buttons(page), itemTable(shownKeys(), page.items, edit));
      status.textContent = [`Page ${cursors.length}, ${countText(page.items.length)}`, note].filter(Boolean).join('. ');
      [...section.querySelectorAll('button')].find(({ textContent }) => textContent === focusedButton)?.focus();
    } catch (error) {
      section.replaceChildren(element('div.panel', {}, element('pre', { role: 'alert' }, error.message)));
    } finally {
      loading = false;
    }
  };

  const shownKeys = () => {
    const index = table.indexes.find(({ name }) => name === parameters.index);
    return [...new Set([...(index?.keys ?? []), ...table.keys])];
  };

  /** Reads the item again: an index may lack attributes, and the item may have changed since the page was read. */
  const edit = async (shown) => {
    const key = Object.fromEntries(table.keys.map((name) => [name, shown[name]]));
    try {
      openEditor(table, await api.getItem(table.name, key), (note) => void load(note));
    } catch (error) {
      await load(error.message);
    }
  };

  const buttons = ({ next }) => {
    const pageButton = (text, disabled, moveCursor) => button('button.plain', text, () => go(moveCursor), { disabled });
    return element(
      'div.actions',
      {},
      pageButton('Previous', cursors.length === 1, () => cursors.pop()),
      pageButton('Next', next === undefined, () => cursors.push(next)),
      pageButton('Refresh', false, () => undefined),
      button('button.plain', 'Create item', () => openEditor(table, undefined, (note) => void load(note))),
      status,
    );
  };

  const go = (moveCursor) => {
    // The second click of a double click would skip a page that has not loaded.
    if (loading) return;
    moveCursor();
    void load();
  };

  void load();
  return {
    section,
    query: (changed) => {
      parameters = changed;
      cursors = [undefined];
      void load();
    },
  };
}

const countText = (count) => `${count} ${count === 1 ? 'item' : 'items'}`;
