/** The last requests, newest first, and all that is known of the chosen one. */
import * as api from './api.js';
import { element, method, milliseconds, pairs, panel, pretty, statusClass } from './dom.js';

/** Characters of an event or a result that are shown. */
const MOST_SHOWN = 50_000;

export function list(requests, chosen) {
  if (requests.length === 0)
    return [element('p.empty', {}, 'No requests yet. Send one, by a form under Routes or with curl.')];
  return requests.map((request) => row(request, String(request.number) === chosen));
}

function row({ number, status, method: verb, path, milliseconds: took, calls }, current) {
  const refused = calls.some(({ decision }) => decision !== 'allowed');
  return element(
    'a.row.of-request',
    { href: `#requests/${number}`, 'aria-current': current ? 'true' : undefined, 'data-number': number },
    element(`span.status.${statusClass(status)}`, {}, String(status)),
    method(verb),
    element('span', { title: path }, path),
    element(refused ? 'span.aside.denied' : 'span.aside', {}, refused ? 'denied' : milliseconds(took)),
  );
}

/** @param {Element} [before] stays in sight until the answer is here */
export function detail(chosen, before) {
  const made = element('div', {}, ...(before?.childNodes ?? [element('p.empty', {}, 'Loading')]));
  api.request(chosen).then(
    (request) => made.replaceChildren(...shown(request)),
    (error) => made.replaceChildren(element('p.empty', {}, error.message)),
  );
  return made;
}

function shown(request) {
  const { status, method: verb, path, coldStart, calls, logs, event, result, note } = request;
  return [
    element(
      'div.title',
      {},
      element('h2', {}, method(verb), ` ${path}`),
      element(`span.badge.${statusClass(status)}`, {}, String(status)),
      element('span.badge', {}, milliseconds(request.milliseconds)),
      coldStart ? element('span.badge.cold', {}, 'cold start') : undefined,
    ),
    element('p.soft', {}, new Date(request.time).toLocaleTimeString()),
    panel('Request', pairs(facts(request))),
    panel(`DynamoDB calls (${calls.length})`, calls.length === 0 ? element('p.empty', {}, 'None.') : callTable(calls)),
    panel(
      `Log (${logs.length})`,
      logs.length === 0 ? element('p.empty', {}, 'No lines.') : element('pre', {}, logs.map(pretty).join('\n')),
    ),
    ...(note === undefined ? [] : [panel('Event and result', element('p.empty', {}, note))]),
    ...(event === undefined ? [] : [panel('Event', ...long(JSON.stringify(event, null, 2), request.number))]),
    ...(result === undefined ? [] : [panel('Result', ...long(JSON.stringify(result, null, 2), request.number))]),
  ];
}

/** Text of megabytes would keep the browser busy for seconds. */
function long(text, number) {
  const shown = element('pre', {}, text.slice(0, MOST_SHOWN));
  if (text.length <= MOST_SHOWN) return [shown];
  const href = `/api/requests/${number}`;
  return [shown, element('p.more', {}, `${text.length - MOST_SHOWN} more characters: `, element('a', { href }, href))];
}

function facts({ stack, api: address, route, function: target, invocationId, requestId, reason, heldMilliseconds }) {
  return [
    ['API', `${address} (${stack})`],
    ['route', route],
    ['function', target],
    ['request id', requestId],
    ['invocation', invocationId],
    ['reason', reason],
    ['held', heldMilliseconds > 0 ? `${milliseconds(heldMilliseconds)}, for a reload` : undefined],
  ].filter(([, value]) => value !== undefined && value !== '');
}

function callTable(calls) {
  const head = ['operation', 'decision', 'on', 'status', 'time'].map((name) => element('th', { scope: 'col' }, name));
  const rows = calls.map(({ operation, decision, parts, reason, status, milliseconds: took }) =>
    element(
      'tr',
      {},
      element('td.short', {}, operation),
      element('td', {}, element(`span.badge.${decision}`, {}, decision), reason === undefined ? '' : ` ${reason}`),
      element('td', {}, parts.map(({ action, resource }) => `${action} ${resource.split(':').at(-1)}`).join('\n')),
      element('td.short', {}, String(status)),
      element('td.short', {}, milliseconds(took)),
    ),
  );
  return element(
    'div.scroll',
    {},
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)),
  );
}
