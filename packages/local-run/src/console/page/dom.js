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

/** Creates a button that submits no form. @param {string} tag name and classes: `button.plain` */
export function button(tag, text, onclick, properties = {}) {
  return element(tag, { type: 'button', onclick, ...properties }, text);
}

/** Creates a labelled input: an array of both elements. @param {Record<string, unknown>} properties of the input */
export function labelledInput(text, properties) {
  const input = element('input', { spellcheck: false, autocomplete: 'off', ...properties });
  return [element('label', { htmlFor: properties.id }, text), input];
}

/** @param {[value: string, text: string][]} options */
export function select(properties, options, value) {
  const created = element('select', properties);
  setOptions(created, options, value);
  return created;
}

/** Replaces the options. Keeps the selected value, or selects the first option if the value no longer exists. */
export function setOptions(selectElement, options, value = selectElement.value) {
  selectElement.replaceChildren(...options.map(([id, text]) => element('option', { value: id }, text)));
  selectElement.value = options.some(([id]) => id === value) ? value : options[0][0];
}

/** Creates a part of a detail that a click opens and closes. */
export function part(title, isOpen, ...children) {
  const summary = element('summary', {}, element('h3', {}, title));
  return element('details.part', { open: isOpen }, summary, element('div.panel', {}, ...children));
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
