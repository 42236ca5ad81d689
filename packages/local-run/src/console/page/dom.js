/** Creates elements from data. Text is never parsed as HTML. */

/**
 * @param {string} tag name and classes of the element: `div.row.new`
 * @param {Record<string, unknown>} properties properties of the element; names with a dash (`aria-...`, `data-...`) become
 * attributes; undefined values are ignored
 * @param {...(Node | string | undefined)} children strings become text
 */
export function element(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const created = document.createElement(name);
  if (classes.length > 0) created.className = classes.join(' ');
  for (const [property, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (property.includes('-')) created.setAttribute(property, String(value));
    else created[property] = value;
  }
  created.append(...children.filter((child) => child !== undefined));
  return created;
}

/** Creates a heading with a box below it. */
export function panel(title, ...children) {
  return element('section', {}, element('h3', {}, title), element('div.panel', {}, ...children));
}

/** Creates a paragraph that says why an area is empty. */
export function emptyText(text) {
  return element('p.empty', {}, text);
}

/** @param {[name: string, value: string][]} entries */
export function definitionList(entries) {
  const cells = entries.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
  return element('dl.fields', {}, ...cells);
}

/**
 * @param {string[]} columns
 * @param {Element[]} rows
 */
export function table(columns, rows) {
  const head = columns.map((name) => element('th', { scope: 'col' }, name));
  return element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
}

/** Indents JSON; returns other text unchanged. */
export function formatJson(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The CSS class of a status: `s2` for 200 to 299, `s4` for 400 to 499. */
export const statusClass = (status) => `s${Math.floor(status / 100)}`;

export function methodLabel(method) {
  const name = method.toLowerCase().replace(/[^a-z]/g, '') || 'any';
  return element(`span.method.${name}`, {}, method);
}

export const formatMs = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
