/** A form that sends a request to a route, and shows the response. */
import * as api from './api.js';
import { definitionList, element, formatJson, formatMs, panel, statusClass } from './dom.js';

/**
 * The draft in the form of each route, and the example that the form was created from. A changed example replaces the draft,
 * because the route may no longer accept the draft, for example after a restart with another API key.
 */
const drafts = new Map();

/**
 * @param {string} routeId
 * @param {Element} responseArea shows the response
 */
export function sendForm(routeId, route, responseArea) {
  const draft = draftOf(routeId, route);
  const button = element('button.primary', { type: 'submit' }, 'Send');
  const tokenButton = route.token && element('button', { type: 'button', id: 'new-token' }, 'New token');
  const form = element(
    'form',
    { method: 'post' },
    element(
      'section',
      {},
      element('div.fields', {}, ...fields(route, draft)),
      element('div.actions', {}, button, element('span.soft', {}, 'Ctrl + Enter'), tokenButton),
    ),
  );
  tokenButton?.addEventListener('click', () => void replaceToken(route, draft, form, responseArea));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(route, draft, button, responseArea);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  return form;
}

function draftOf(routeId, route) {
  const example = JSON.stringify(route.example);
  const known = drafts.get(routeId);
  if (known?.example === example) return known.draft;
  const draft = newDraft(route);
  drafts.set(routeId, { example, draft });
  return draft;
}

function newDraft(route) {
  const { method, pathParameters, query, queryValues, headers, body } = route.example;
  // A route may accept a body although the stack has no example of it.
  const mayAcceptBody = acceptsAnyMethod(route) || ['POST', 'PUT', 'PATCH'].includes(route.method);
  return {
    method,
    path: { ...pathParameters },
    query: Object.fromEntries(query.map((name) => [name, queryValues?.[name] ?? ''])),
    headers: { ...headers },
    token: route.token && { sub: 'example-user', scopes: route.token.scopes.join(' ') },
    body: body ?? (mayAcceptBody ? '' : undefined),
  };
}

const acceptsAnyMethod = ({ method }) => ['ANY', '$default'].includes(method);

/** Alternating labels and inputs. */
function fields(route, draft) {
  const names = Object.keys;
  return [
    ...(acceptsAnyMethod(route) ? [field('field-method', 'method', draft, 'method')] : []),
    ...names(draft.path).map((name) => field(`field-path-${name}`, `{${name}}`, draft.path, name)),
    ...names(draft.query).map((name) =>
      field(`field-query-${name}`, `?${name}=`, draft.query, name, 'not sent when empty'),
    ),
    ...names(draft.headers).map((name) => field(`field-header-${name}`, name, draft.headers, name)),
    ...(draft.token === undefined ? [] : tokenFields(draft.token)),
    ...(draft.body === undefined ? [] : [bodyField(draft)]),
  ].flat();
}

/** A labelled input that edits `values[name]`. */
function field(id, text, values, name, placeholder = '') {
  const input = element('input', { id, value: values[name], placeholder, spellcheck: false, autocomplete: 'off' });
  input.addEventListener('input', () => (values[name] = input.value));
  return [label(text, id), input];
}

/** The caller in the next token. */
function tokenFields(token) {
  return [
    field('field-token-sub', 'token: sub', token, 'sub'),
    field('field-token-scopes', 'token: scopes', token, 'scopes', 'scopes with spaces between them'),
  ];
}

async function replaceToken({ stack, token: { header, claims } }, draft, form, responseArea) {
  const scopes = draft.token.scopes.split(/\s+/).filter((scope) => scope !== '');
  try {
    draft.headers[header] = `Bearer ${await api.issueToken({ stack, sub: draft.token.sub, scopes, claims })}`;
    form.querySelector(`[id="field-header-${header}"]`).value = draft.headers[header];
  } catch (error) {
    responseArea.replaceChildren(panel('No token', element('pre', {}, error.message)));
  }
}

function bodyField(draft) {
  const rows = Math.min(16, draft.body.split('\n').length + 2);
  const area = element('textarea', { id: 'field-body', value: draft.body, spellcheck: false, rows });
  area.addEventListener('input', () => (draft.body = area.value));
  return [label('body', 'field-body'), area];
}

const label = (text, id) => element('label', { htmlFor: id }, text);

async function submit(route, draft, button, responseArea) {
  button.disabled = true;
  const { method, headers } = draft;
  const body = draft.body === '' ? undefined : draft.body;
  try {
    const response = await api.send({
      stack: route.stack,
      api: route.api,
      method,
      path: pathAndQuery(route, draft),
      headers,
      body,
    });
    responseArea.replaceChildren(responseSection(response));
  } catch (error) {
    responseArea.replaceChildren(panel('Not sent', element('pre', {}, error.message)));
  } finally {
    button.disabled = false;
  }
}

/** Fills in the path parameters. A greedy parameter (`{proxy+}`) keeps its slashes. */
function pathAndQuery({ example }, draft) {
  const path = example.path.replace(/\{([^}+]+)(\+?)\}/g, (_, name, greedy) => {
    const encoded = encodeURIComponent(draft.path[name] ?? '');
    return greedy ? encoded.replaceAll('%2F', '/') : encoded;
  });
  const query = new URLSearchParams(Object.entries(draft.query).filter(([, value]) => value !== ''));
  return query.size === 0 ? path : `${path}?${query}`;
}

function responseSection({ status, headers, body, milliseconds }) {
  const title = element(
    'span',
    {},
    'Response ',
    element(`span.badge.${statusClass(status)}`, {}, String(status)),
    ` ${formatMs(milliseconds)}`,
    element('span.soft', {}, `, ${new Date().toLocaleTimeString()}`),
  );
  return element(
    'section',
    {},
    element('h3', {}, title),
    element('div.panel', {}, element('pre', { id: 'response' }, body === '' ? '(no body)' : formatJson(body))),
    element('details', {}, element('summary.soft', {}, `${headers.length} headers`), definitionList(headers)),
  );
}
