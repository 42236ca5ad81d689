/** The tables of all stacks, and the items of the chosen one, a page at a time. */
import * as api from './api.js';
import { element } from './dom.js';

export function list(stacks, chosen) {
  return stacks.flatMap(({ stack, tables }) => [
    element('h2.group', {}, stack),
    ...tables.map(({ name, keys }) =>
      element(
        'a.row.of-table',
        { href: `#tables/${encodeURIComponent(name)}`, 'aria-current': name === chosen ? 'true' : undefined },
        element('span', {}, name),
        element('span.aside', {}, keys.join(', ')),
      ),
    ),
  ]);
}

export function detail(stacks, chosen) {
  const table = stacks.flatMap(({ tables }) => tables).find(({ name }) => name === chosen);
  if (!table) return element('p.empty', {}, 'There is no such table (any more).');
  const body = element('section');
  const pages = [undefined];
  let asking = false;
  const show = async (change) => {
    // The second click of two would be one on a page that is not there yet.
    if (asking) return;
    asking = true;
    change?.();
    try {
      const page = await api.items(table.name, pages.at(-1));
      const focused = body.contains(document.activeElement) ? document.activeElement.textContent : undefined;
      body.replaceChildren(...shown(table, page, pages, show));
      [...body.querySelectorAll('button')].find((button) => button.textContent === focused)?.focus();
    } catch (error) {
      body.replaceChildren(element('div.panel', {}, element('pre', {}, error.message)));
    } finally {
      asking = false;
    }
  };
  void show();
  return element(
    'div',
    {},
    element('div.title', {}, element('h2', {}, table.name)),
    element('p.soft', {}, `Key ${table.keys.join(', ')}. Read directly from DynamoDB, without IAM.`),
    body,
  );
}

function shown(table, { items, next }, pages, show) {
  const go = (change) => () => void show(change);
  const buttons = element(
    'div.actions',
    {},
    element(
      'button.plain',
      { type: 'button', disabled: pages.length === 1, onclick: go(() => pages.pop()) },
      'Previous',
    ),
    element(
      'button.plain',
      { type: 'button', disabled: next === undefined, onclick: go(() => pages.push(next)) },
      'Next',
    ),
    element('button.plain', { type: 'button', onclick: go() }, 'Refresh'),
    element(
      'span.soft',
      { role: 'status' },
      `Page ${pages.length}, ${items.length} ${items.length === 1 ? 'item' : 'items'}`,
    ),
  );
  if (items.length === 0) return [element('div.panel', {}, element('p.empty', {}, 'No items.')), buttons];
  const names = columns(table.keys, items);
  const head = element('tr', {}, ...names.map((name) => element('th', { scope: 'col' }, name)));
  const rows = items.map((item) => element('tr', {}, ...names.map((name) => element('td', {}, value(item[name])))));
  return [
    element('div.panel.scroll', {}, element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows))),
    buttons,
  ];
}

/** The key first, then the others in the order in which they come. */
const columns = (keys, items) => [...new Set([...keys, ...items.flatMap((item) => Object.keys(item))])];

function value(attribute) {
  if (attribute === undefined) return '';
  const [[type, content]] = Object.entries(attribute);
  const text = typeof content === 'string' ? content : JSON.stringify(plain(attribute));
  return element(type === 'N' ? 'span.cell.number' : 'span.cell', { title: type }, text);
}

/** DynamoDB's JSON without its types; numbers stay text, for their digits. */
function plain(attribute) {
  const [[type, content]] = Object.entries(attribute);
  if (type === 'NULL') return null;
  if (type === 'L') return content.map(plain);
  if (type === 'M') return Object.fromEntries(Object.entries(content).map(([name, inner]) => [name, plain(inner)]));
  return content;
}
