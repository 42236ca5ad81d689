/** The view of the last requests, the newest first, with details of the selected request. */
import * as api from './api.js';
import {
  definitionList,
  element,
  emptyText,
  formatJson,
  formatMs,
  methodLabel,
  panel,
  statusClass,
  table,
} from './dom.js';

/** Maximum number of characters to show of an event or a result. Megabytes of text would block the browser for seconds. */
const MAX_SHOWN_CHARACTERS = 50_000;

export function firstId({ requests }) {
  return String(requests[0]?.number ?? '');
}

export function list({ requests }, selectedId) {
  if (requests.length === 0) {
    return [emptyText('No requests yet. Send one with a form under Routes, or with curl.')];
  }
  return requests.map((request) => row(request, selectedId));
}

function row({ number, status, method, path, milliseconds, calls }, selectedId) {
  const denied = calls.some(({ decision }) => decision !== 'allowed');
  return element(
    'a.row.of-request',
    {
      href: `#requests/${number}`,
      'aria-current': String(number) === selectedId ? 'true' : undefined,
      'data-number': number,
    },
    element(`span.status.${statusClass(status)}`, {}, String(status)),
    methodLabel(method),
    element('span', { title: path }, path),
    denied ? element('span.aside.denied', {}, 'denied') : element('span.aside', {}, formatMs(milliseconds)),
  );
}

/** @param {Element} [previous] the previous detail; its content stays visible until the request has loaded */
export function detail(_, selectedId, previous) {
  const content = element('div', {}, ...(previous?.childNodes ?? [emptyText('Loading')]));
  api.getRequest(selectedId).then(
    (request) => content.replaceChildren(...requestDetail(request)),
    (error) => content.replaceChildren(emptyText(error.message)),
  );
  return content;
}

function requestDetail(request) {
  const { calls, logs, event, result, note } = request;
  const logText = logs.map(formatJson).join('\n');
  return [
    title(request),
    element('p.soft', {}, new Date(request.time).toLocaleTimeString()),
    panel('Request', definitionList(facts(request))),
    panel(`DynamoDB calls (${calls.length})`, calls.length === 0 ? emptyText('None.') : callTable(calls)),
    panel(`Log (${logs.length})`, logs.length === 0 ? emptyText('No lines.') : element('pre', {}, logText)),
    ...(note === undefined ? [] : [panel('Event and result', emptyText(note))]),
    ...(event === undefined ? [] : [panel('Event', ...longJson(event, request.number))]),
    ...(result === undefined ? [] : [panel('Result', ...longJson(result, request.number))]),
  ];
}

function title({ method, path, status, milliseconds, coldStart }) {
  return element(
    'div.title',
    {},
    element('h2', {}, methodLabel(method), ` ${path}`),
    element(`span.badge.${statusClass(status)}`, {}, String(status)),
    element('span.badge', {}, formatMs(milliseconds)),
    coldStart ? element('span.badge.cold', {}, 'cold start') : undefined,
  );
}

function facts(request) {
  const { heldMilliseconds } = request;
  return [
    ['API', `${request.api} (${request.stack})`],
    ['route', request.route],
    ['function', request.function],
    ['request id', request.requestId],
    ['invocation id', request.invocationId],
    ['reason', request.reason],
    ['waited', heldMilliseconds > 0 ? `${formatMs(heldMilliseconds)} for a reload` : undefined],
  ].filter(([, value]) => value !== undefined && value !== '');
}

function callTable(calls) {
  const rows = calls.map(({ operation, decision, parts, reason, status, milliseconds }) =>
    element(
      'tr',
      {},
      element('td.short', {}, operation),
      element('td', {}, element(`span.badge.${decision}`, {}, decision), reason === undefined ? '' : ` ${reason}`),
      element('td', {}, parts.map(({ action, resource }) => `${action} ${resource.split(':').at(-1)}`).join('\n')),
      element('td.short', {}, String(status)),
      element('td.short', {}, formatMs(milliseconds)),
    ),
  );
  return element('div.scroll', {}, table(['operation', 'decision', 'action and resource', 'status', 'time'], rows));
}

function longJson(value, requestNumber) {
  const text = JSON.stringify(value, null, 2);
  const shown = element('pre', {}, text.slice(0, MAX_SHOWN_CHARACTERS));
  if (text.length <= MAX_SHOWN_CHARACTERS) return [shown];
  const href = `/api/requests/${requestNumber}`;
  const more = `${text.length - MAX_SHOWN_CHARACTERS} more characters: `;
  return [shown, element('p.more', {}, more, element('a', { href }, href))];
}
