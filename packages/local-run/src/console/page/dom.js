/** Elements from data: text stays text, whatever it holds. */

/**
 * @param {string} tag `div`, or with classes: `div.row.fresh`
 * @param {Record<string, unknown>} properties of the element; `aria-...` and `data-...` are attributes; undefined: left out
 * @param {...(Node | string | undefined)} children strings become text
 */
export function element(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const made = document.createElement(name);
  if (classes.length > 0) made.className = classes.join(' ');
  for (const [property, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (property.includes('-')) made.setAttribute(property, String(value));
    else made[property] = value;
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A heading, and what is below it in a box. */
export function panel(title, ...children) {
  return element('section', {}, element('h3', {}, title), element('div.panel', {}, ...children));
}

/** Names and values. */
export function pairs(entries) {
  const cells = entries.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
  return element('dl.fields', {}, ...cells);
}

/** JSON in lines, other text as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** `s2` for 200, ... */
export const statusClass = (status) => `s${Math.floor(status / 100)}`;

export const method = (name) => element(`span.method.${name.toLowerCase().replace(/[^a-z]/g, '') || 'any'}`, {}, name);

export const milliseconds = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
