/** The request in the form of a route: a draft that starts as the route's example, and the request that is sent. */
import { recall, remember } from './memory.js';

/** Maximum number of sent requests to remember for a route, and the maximum length of a body to remember. */
const MAX_SENT = 5;
const MAX_BODY_CHARACTERS = 20_000;

/** Headers that a client sets itself. A form does not show them. */
const CLIENT_HEADERS = /^(accept(-.*)?|user-agent|sec-.*|cache-control|pragma|dnt|origin|referer)$/;

/**
 * The draft of each route, and the example that the draft was created from. A changed example replaces the draft, because the route may
 * no longer accept the draft, for example after a restart with another API key.
 */
const drafts = new Map();

/** The id of a route in addresses and in memory. */
export const idOf = ({ stack, api, method, path }) => `${stack} ${api} ${method} ${path}`;

export function draftOf(route) {
  const id = idOf(route);
  const example = JSON.stringify(route.example);
  const known = drafts.get(id);
  if (known?.example === example) return known.draft;
  return setDraft(route, exampleDraft(route));
}

export function setDraft(route, draft) {
  drafts.set(idOf(route), { example: JSON.stringify(route.example), draft });
  return draft;
}

export function exampleDraft(route) {
  const { method, pathParameters, query, queryValues, headers, body } = route.example;
  // A route may accept a body although the stack has no example of it.
  const mayAcceptBody = acceptsAnyMethod(route) || ['POST', 'PUT', 'PATCH'].includes(route.method);
  return {
    method,
    path: { ...pathParameters },
    query: Object.fromEntries(query.map((name) => [name, queryValues?.[name] ?? ''])),
    moreQuery: '',
    headers: { ...headers },
    moreHeaders: recall(`headers ${idOf(route)}`, []),
    body: body ?? (mayAcceptBody ? '' : undefined),
  };
}

export const acceptsAnyMethod = ({ method }) => ['ANY', '$default'].includes(method);

/** The draft of a request that was sent to the route before, by any client. @param sent from `getSent` */
export function draftOfSent(route, sent) {
  const draft = exampleDraft(route);
  const [path, query = ''] = sent.path.split(/\?(.*)/s);
  draft.method = sent.method;
  draft.path = { ...draft.path, ...pathValues(route.example.path, path) };
  const others = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(query)) {
    if (draft.query[name] === '') draft.query[name] = value;
    else others.append(name, value);
  }
  draft.moreQuery = String(others);
  draft.moreHeaders = [];
  for (const name of Object.keys(draft.headers)) draft.headers[name] = '';
  for (const [name, value] of sent.headers) {
    if (draft.headers[name] === '') draft.headers[name] = value;
    else if (!CLIENT_HEADERS.test(name)) draft.moreHeaders.push([name, value]);
  }
  draft.body = sent.body ?? (draft.body === undefined ? undefined : '');
  return draft;
}

/** The values of a template's parameters in a path. */
function pathValues(template, path) {
  const names = [];
  const pattern = template.split(/(\{[^}]+\})/).map((text) => {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(text) ?? [];
    if (name === undefined) return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(name);
    return greedy ? '(.*)' : '([^/]*)';
  });
  const values = new RegExp(`^${pattern.join('')}$`).exec(path)?.slice(1) ?? [];
  return Object.fromEntries(values.map((value, index) => [names[index], decode(value)]));
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The request of a draft, as POST /api/send expects it. */
export function requestOf(route, draft) {
  return {
    stack: route.stack,
    api: route.api,
    method: draft.method,
    path: pathAndQuery(route, draft),
    headers: headersOf(draft),
    body: draft.body === '' ? undefined : draft.body,
  };
}

/** A header that was added replaces the example's header of this name. A name that was added twice is sent twice. */
function headersOf({ headers, moreHeaders }) {
  const added = new Map();
  for (const [name, value] of moreHeaders) {
    const key = name.trim().toLowerCase();
    if (key !== '') added.set(key, [...(added.get(key) ?? []), value]);
  }
  const filledIn = Object.entries(headers).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(filledIn), ...Object.fromEntries(added) };
}

/** Fills in the path parameters. A greedy parameter (`{proxy+}`) keeps its slashes. */
function pathAndQuery({ example }, draft) {
  const path = example.path.replace(/\{([^}+]+)(\+?)\}/g, (_, name, greedy) => {
    const encoded = encodeURIComponent(draft.path[name] ?? '');
    return greedy ? encoded.replaceAll('%2F', '/') : encoded;
  });
  const named = String(new URLSearchParams(Object.entries(draft.query).filter(([, value]) => value !== '')));
  const more = encodeURI(draft.moreQuery.replace(/^\?/, '')).replace(/%25([0-9a-f]{2})/gi, '%$1');
  const query = [named, more].filter((text) => text !== '').join('&');
  return query === '' ? path : `${path}?${query}`;
}

export function rememberHeaders(route, { moreHeaders }) {
  remember(`headers ${idOf(route)}`, moreHeaders);
}

/** The drafts that this browser sent to the route, the newest first, each with its time. */
export const sentDrafts = (route) => recall(`sent ${idOf(route)}`, []);

/** Remembers the parameters and the body of a draft. Headers may contain credentials, so only added headers are remembered. */
export function rememberSent(route, { method, path, query, moreQuery, body }) {
  if ((body?.length ?? 0) > MAX_BODY_CHARACTERS) return;
  const sent = { method, path, query, moreQuery, body };
  const text = JSON.stringify(sent);
  const others = sentDrafts(route).filter(({ draft }) => JSON.stringify(draft) !== text);
  remember(`sent ${idOf(route)}`, [{ time: Date.now(), draft: sent }, ...others].slice(0, MAX_SENT));
}
