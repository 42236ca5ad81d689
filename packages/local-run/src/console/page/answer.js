/** Shows an answer: status, time and body first, then headers, DynamoDB calls, log lines, event and result. */
import * as api from './api.js';
import { definitionList, element, emptyText, formatJson, formatMs, part, statusClass, table } from './dom.js';

/** Maximum number of characters to show of a body, an event or a result. Megabytes of text would block the browser for seconds. */
const MAX_SHOWN_CHARACTERS = 50_000;

/** Status, duration and further badges. */
export function badges({ status, milliseconds, coldStart }) {
  return [
    element(`span.badge.${statusClass(status)}`, {}, String(status)),
    element('span.badge', {}, formatMs(milliseconds)),
    coldStart ? element('span.badge.cold', {}, 'cold start') : undefined,
  ];
}

/**
 * The answer to a request that the page has just sent.
 * @param answer from `send` or `sendAgain`
 */
export function answerSection({ status, headers, body, milliseconds, number }) {
  const metadata = element('div');
  const section = element(
    'section.answer',
    { 'data-number': number },
    element('div.title', {}, element('h3', {}, 'Answer'), ...badges({ status, milliseconds }), timeText(new Date())),
    bodyPanel(body, 'response'),
    headerPart(headers),
    metadata,
  );
  section.refresh = () =>
    api.getRequest(number).then(
      (request) => metadata.replaceChildren(...metadataParts(request)),
      () => metadata.replaceChildren(),
    );
  if (number !== undefined) void section.refresh();
  return section;
}

export const timeText = (time) => element('span.soft', {}, time.toLocaleTimeString());

export function bodyPanel(body, id) {
  const pre =
    body === '' ? element('pre.soft', { id }, '(no body)') : element('pre', { id }, shorten(formatJson(body)));
  return element('div.panel', {}, pre);
}

/** The answer to a request in the history. */
export function recordedAnswer({ response, result, number }) {
  if (!response) return [];
  const { headers, body, bytes } = response;
  const dropped = `The body has ${bytes} bytes. It is no text, or too long to keep.`;
  const shown = body === undefined ? element('div.panel', {}, emptyText(dropped)) : bodyPanel(body, undefined);
  const more = body === undefined && result !== undefined ? [moreLink(number)] : [];
  return [element('section.answer', {}, element('h3', {}, 'Answer'), shown, ...more, headerPart(headers))];
}

const headerPart = (headers) => part(`Headers (${headers.length})`, false, definitionList(headers));

/** What happened on the way to the answer. */
export function metadataParts(request) {
  const { calls, logs, event, result, note, number } = request;
  return [
    part(
      `DynamoDB calls (${calls.length})`,
      calls.length > 0,
      calls.length > 0 ? callTable(calls) : emptyText('None.'),
    ),
    part(`Log (${logs.length})`, logs.length > 0, logs.length > 0 ? logText(logs) : emptyText('No lines.')),
    part('Request', false, definitionList(facts(request))),
    ...(note === undefined ? [] : [part('Event and result', true, emptyText(note))]),
    ...(event === undefined ? [] : [part('Event', false, ...longJson(event, number))]),
    ...(result === undefined ? [] : [part('Result', false, ...longJson(result, number))]),
  ];
}

const logText = (logs) => element('pre', {}, logs.map(formatJson).join('\n'));

function facts(request) {
  const { heldMilliseconds } = request;
  return [
    ['time', new Date(request.time).toLocaleString()],
    ['stack', request.stack],
    ['API', request.api],
    ['route', request.route],
    ['function', request.function],
    ['request id', request.requestId],
    ['invocation id', request.invocationId],
    ['reason', request.reason],
    ['fault', request.fault],
    ['waited', heldMilliseconds > 0 ? `${formatMs(heldMilliseconds)} for a start or a reload` : undefined],
  ].filter(([, value]) => value !== undefined && value !== '');
}

function callTable(calls) {
  const columns = ['operation', 'decision', 'action and resource', 'status', 'time'];
  const rows = calls.map(({ operation, decision, parts, reason, status, milliseconds }) => {
    const cells = [
      operation,
      element('span', {}, element(`span.badge.${decision}`, {}, decision), reason === undefined ? '' : ` ${reason}`),
      parts.map(({ action, resource }) => `${action} ${resource.split(':').at(-1)}`).join('\n'),
      String(status),
      formatMs(milliseconds),
    ];
    return element('tr', {}, ...cells.map((cell, index) => element('td', { 'data-name': columns[index] }, cell)));
  });
  return element('div.scroll', {}, table(columns, rows));
}

function longJson(value, requestNumber) {
  const text = JSON.stringify(value, null, 2);
  const shown = element('pre', {}, text.slice(0, MAX_SHOWN_CHARACTERS));
  return text.length <= MAX_SHOWN_CHARACTERS ? [shown] : [shown, moreLink(requestNumber)];
}

function moreLink(number) {
  const href = `/api/requests/${number}`;
  return element('p.more', {}, 'The whole text: ', element('a', { href }, href));
}

function shorten(text) {
  const more = text.length - MAX_SHOWN_CHARACTERS;
  return more > 0 ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}\n... (${more} more characters)` : text;
}
