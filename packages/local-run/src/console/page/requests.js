/** The view of the last requests, the newest first, with details of the selected request. */
import { badges, metadataParts, recordedAnswer } from './answer.js';
import * as api from './api.js';
import { copyButton } from './copy-button.js';
import { curlCommand } from './curl.js';
import { button, element, emptyText, formatMs, methodLabel, statusClass } from './dom.js';
import { draftOfSent, idOf, setDraft } from './draft.js';
import { filterBar, isShown } from './request-filter.js';
import { routeOf } from './route-of.js';
import { forgetForm } from './routes.js';

export const tools = filterBar;

export const placeholder = ({ requests }) =>
  requests.length === 0 ? 'No request is selected.' : 'No request matches the filter.';

export function firstId({ requests }) {
  return String(requests.find(isShown)?.number ?? '');
}

export function list({ stacks, requests }, selectedId) {
  if (requests.length === 0) return [emptyText('No requests yet. Send one with a form under Routes, or with curl.')];
  const shown = requests.filter(isShown);
  if (shown.length === 0) return [emptyText(`None of ${requests.length} requests matches the filter.`)];
  return shown.map((request) => row(request, selectedId, stacks.length > 1));
}

function row({ number, time, stack, status, method, path, milliseconds, calls }, selectedId, hasStacks) {
  const denied = calls.some(({ decision }) => decision !== 'allowed');
  const clock = new Date(time).toLocaleTimeString();
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
    element('span.below', {}, hasStacks ? `${clock}  ${stack}` : clock),
  );
}

/** @param {Element} [previous] the previous detail; its content stays visible until the request has loaded */
export function detail({ stacks }, selectedId, previous) {
  const focusedText = document.activeElement?.closest('.detail button')?.textContent;
  const content = element('div', {}, ...(previous?.childNodes ?? [emptyText('Loading')]));
  api.getRequest(selectedId).then(
    (request) => {
      content.replaceChildren(...requestDetail(request, stacks));
      [...content.querySelectorAll('button')].find(({ textContent }) => textContent === focusedText)?.focus();
    },
    (error) => content.replaceChildren(emptyText(error.message)),
  );
  return content;
}

function requestDetail(request, stacks) {
  const { method, path, reason, fault } = request;
  const why = reason ?? fault;
  return [
    element('div.title', {}, element('h2', {}, methodLabel(method), ` ${path}`), ...badges(request)),
    element('p.soft', {}, `${new Date(request.time).toLocaleTimeString()}, ${request.stack}`),
    ...(why === undefined ? [] : [element('p.why', {}, why)]),
    ...actions(request, stacks),
    ...recordedAnswer(request),
    element('section', {}, ...metadataParts(request)),
  ];
}

function actions(request, stacks) {
  const { number } = request;
  const message = element('p.message.bad', { role: 'alert' });
  const route = routeOf(
    request,
    stacks.flatMap(({ routes }) => routes),
  );
  const attempt = (work) => () => work().catch((error) => (message.textContent = error.message));
  const again = attempt(async () => {
    const answer = await api.sendAgain(number);
    if (answer.number !== undefined) location.hash = `#requests/${answer.number}`;
  });
  const edit = attempt(async () => {
    setDraft(route, draftOfSent(route, await api.getSent(number)));
    forgetForm();
    location.hash = `#routes/${encodeURIComponent(idOf(route))}`;
  });
  const buttons = element(
    'div.actions',
    {},
    button('button.primary', 'Send again', again),
    route ? button('button.plain', 'Edit and send', edit) : undefined,
    copyButton('Copy as curl', () => curlOf(number)),
  );
  return [buttons, message];
}

async function curlOf(number) {
  const sent = await api.getSent(number);
  if (sent.droppedBytes === undefined) return curlCommand(sent.url ?? '', sent);
  throw new Error(`the body of ${sent.droppedBytes} bytes was not kept`);
}
