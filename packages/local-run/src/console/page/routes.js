/** The routes of all stacks, and a form that sends a request to the chosen one. */
import * as api from './api.js';
import { element, method, milliseconds, pairs, panel, pretty, statusClass } from './dom.js';

export const routeId = ({ stack, method: verb, path }) => `${stack} ${verb} ${path}`;

/**
 * What was typed into each route's form, for when the reader comes back to it; with the example that it began with. When that
 * changes, by a reload or as the run was started again with other API keys, it is no longer a request that the route takes.
 */
const drafts = new Map();

/** Where each route's last answer is shown: it outlasts the form. */
const answers = new Map();

/** The detail that is shown, and all that it was made of: while that stays, what is being typed is left alone. */
let last = { of: '', made: undefined };

export function list(stacks, chosen) {
  const routes = stacks.flatMap((stack) => [
    element('h2.group', {}, stack.stack),
    ...stack.routes.map((route) => {
      const id = routeId(route);
      const current = id === chosen ? 'true' : undefined;
      const href = `#routes/${encodeURIComponent(id)}`;
      return element('a.row', { href, 'aria-current': current }, method(route.method), element('span', {}, route.path));
    }),
  ]);
  return routes;
}

export function detail(stacks, chosen) {
  const stack = stacks.find(({ routes }) => routes.some((route) => routeId(route) === chosen));
  const route = stack?.routes.find((one) => routeId(one) === chosen);
  if (!route) return element('p.empty', {}, 'There is no such route (any more).');
  const target = stack.functions.find(({ name }) => name === route.function);
  const of = JSON.stringify([route, target, stack.outputs]);
  if (last.of !== of) last = { of, made: made(stack, route, target) };
  return last.made;
}

function made(stack, route, target) {
  const answer = answers.get(routeId(route)) ?? element('div', { 'aria-live': 'polite' });
  answers.set(routeId(route), answer);
  return element(
    'div',
    {},
    element('div.title', {}, element('h2', {}, method(route.method), ` ${route.path}`)),
    element(
      'p.soft',
      {},
      target
        ? `${route.function}, ${target.memoryMb} MB, ${target.timeoutMs / 1000} s, role ${target.role}`
        : route.function,
    ),
    form(route, answer),
    answer,
    panel(
      `Outputs of ${stack.stack}`,
      pairs(Object.entries(stack.outputs).map(([name, value]) => [name, shown(value)])),
    ),
  );
}

const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

function form(route, answer) {
  const draft = draftFor(route);
  const takesBody = draft.body !== undefined;
  const fields = [
    ...(takesAny(route) ? [field('field-method', 'method', draft, 'method')] : []),
    ...Object.keys(draft.path).map((name) => field(`field-path-${name}`, `{${name}}`, draft.path, name)),
    ...Object.keys(draft.query).map((name) =>
      field(`field-query-${name}`, `?${name}=`, draft.query, name, 'left out when empty'),
    ),
    ...Object.keys(draft.headers).map((name) => field(`field-header-${name}`, name, draft.headers, name)),
  ].flat();
  const button = element('button.primary', { type: 'submit' }, 'Send');
  const body = takesBody
    ? [label('body', 'field-body'), area('field-body', draft.body, (text) => (draft.body = text))]
    : [];
  const hint = element('span.soft', {}, 'Ctrl + Enter');
  const made = element(
    'form',
    { method: 'post' },
    element('section', {}, element('div.fields', {}, ...fields, ...body), element('div.actions', {}, button, hint)),
  );
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(route, draft, button, answer);
  });
  made.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) made.requestSubmit();
  });
  return made;
}

function draftFor(route) {
  const from = JSON.stringify(route.example);
  const known = drafts.get(routeId(route));
  if (known?.from === from) return known.draft;
  const draft = draftOf(route);
  drafts.set(routeId(route), { from, draft });
  return draft;
}

/** Whether the route leaves the method to the sender. */
const takesAny = ({ method: verb }) => ['ANY', '$default'].includes(verb);

function draftOf(route) {
  const { example } = route;
  // A route that nobody gave an example of may take a body all the same.
  const mayTakeBody = takesAny(route) || ['POST', 'PUT', 'PATCH'].includes(route.method);
  const body = example.body ?? (mayTakeBody ? '' : undefined);
  const query = Object.fromEntries(example.query.map((name) => [name, '']));
  return { method: example.method, path: { ...example.pathParameters }, query, headers: { ...example.headers }, body };
}

const label = (text, id) => element('label', { htmlFor: id }, text);

function field(id, text, values, name, placeholder = '') {
  const input = element('input', { id, value: values[name], placeholder, spellcheck: false, autocomplete: 'off' });
  input.addEventListener('input', () => (values[name] = input.value));
  return [label(text, id), input];
}

function area(id, value, change) {
  const made = element('textarea', { id, value, spellcheck: false, rows: Math.min(16, value.split('\n').length + 2) });
  made.addEventListener('input', () => change(made.value));
  return made;
}

async function submit(route, draft, button, answer) {
  button.disabled = true;
  try {
    const { stack, api: address } = route;
    const body = draft.body === undefined || draft.body === '' ? undefined : draft.body;
    answer.replaceChildren(
      shownAnswer(
        await api.send({
          stack,
          api: address,
          method: draft.method,
          path: target(route, draft),
          headers: draft.headers,
          body,
        }),
      ),
    );
  } catch (error) {
    answer.replaceChildren(panel('Not sent', element('pre', {}, error.message)));
  } finally {
    button.disabled = false;
  }
}

/** The path with its parameters, of which a greedy one keeps its slashes, and the query. */
function target({ example }, draft) {
  const filled = example.path.replace(/\{([^}+]+)(\+?)\}/g, (_, name, greedy) => {
    const encoded = encodeURIComponent(draft.path[name] ?? '');
    return greedy ? encoded.replaceAll('%2F', '/') : encoded;
  });
  const query = new URLSearchParams(Object.entries(draft.query).filter(([, value]) => value !== ''));
  return query.size === 0 ? filled : `${filled}?${query}`;
}

function shownAnswer({ status, headers, body, milliseconds: took }) {
  const head = element(
    'span',
    {},
    'Answer ',
    element(`span.badge.${statusClass(status)}`, {}, String(status)),
    ` ${milliseconds(took)}`,
    element('span.soft', {}, `, ${new Date().toLocaleTimeString()}`),
  );
  const all = element('details', {}, element('summary.soft', {}, `${headers.length} headers`), pairs(headers));
  return element(
    'section',
    {},
    element('h3', {}, head),
    element('div.panel', {}, element('pre', { id: 'answer' }, body === '' ? '(no body)' : pretty(body))),
    element('div', {}, all),
  );
}
