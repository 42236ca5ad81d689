/** A form that sends a request to a route, and shows the answer. */
import { answerSection } from './answer.js';
import * as api from './api.js';
import { copyButton } from './copy-button.js';
import { curlCommand } from './curl.js';
import { button, element, labelledInput, panel } from './dom.js';
import {
  acceptsAnyMethod,
  draftOf,
  exampleDraft,
  idOf,
  rememberHeaders,
  rememberSent,
  requestOf,
  setDraft,
} from './draft.js';
import { examplePicker } from './example-picker.js';
import { headerRows } from './header-rows.js';
import { tokenForm } from './token-form.js';

/**
 * @param {Element} answerArea shows the answer
 * @param {() => object[]} recentRequests the last requests of all routes
 */
export function sendForm(route, answerArea, recentRequests) {
  const holder = element('div');
  const useDraft = (draft) => {
    setDraft(route, draft);
    draw();
  };
  const draw = () => holder.replaceChildren(form(route, draftOf(route), { answerArea, recentRequests, useDraft }));
  draw();
  return holder;
}

function form(route, draft, { answerArea, recentRequests, useDraft }) {
  const sendButton = element('button.primary', { type: 'submit' }, 'Send');
  const created = element(
    'form',
    { method: 'post' },
    element(
      'section',
      {},
      examplePicker(route, recentRequests, useDraft),
      element('div.fields', {}, ...fields(route, draft)),
      tokenPart(route, draft),
      element(
        'div.actions',
        {},
        sendButton,
        element('span.soft.hint', {}, 'Ctrl + Enter'),
        copyButton('Copy as curl', () => curlOf(route, draft)),
        button('button.plain', 'Reset', () => useDraft({ ...exampleDraft(route), moreHeaders: [] })),
      ),
    ),
  );
  created.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(route, draft, sendButton, answerArea);
  });
  created.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) created.requestSubmit();
  });
  return created;
}

function tokenPart(route, draft) {
  if (!route.token) return undefined;
  return tokenForm(idOf(route), route, (token) => {
    const { header } = route.token;
    draft.headers[header] = `Bearer ${token}`;
    document.getElementById(`field-header-${header}`).value = draft.headers[header];
  });
}

/** Alternating labels and inputs. */
function fields(route, draft) {
  const names = Object.keys;
  const changed = () => rememberHeaders(route, draft);
  return [
    ...(acceptsAnyMethod(route) ? [field('field-method', 'method', draft, 'method')] : []),
    ...names(draft.path).map((name) => field(`field-path-${name}`, `{${name}}`, draft.path, name)),
    ...names(draft.query).map((name) =>
      field(`field-query-${name}`, `?${name}=`, draft.query, name, 'not sent when empty'),
    ),
    field('field-more-query', 'more query', draft, 'moreQuery', 'a=1&b=2'),
    ...names(draft.headers).map((name) =>
      field(`field-header-${name}`, name, draft.headers, name, 'not sent when empty'),
    ),
    [element('span.label', {}, 'headers'), headerRows(draft.moreHeaders, changed)],
    ...(draft.body === undefined ? [] : [bodyField(draft)]),
  ].flat();
}

/** A labelled input that edits `values[name]`. */
function field(id, text, values, name, placeholder = '') {
  const [label, input] = labelledInput(text, { id, value: values[name], placeholder });
  input.addEventListener('input', () => (values[name] = input.value));
  return [label, input];
}

function bodyField(draft) {
  const rows = Math.min(16, draft.body.split('\n').length + 2);
  const area = element('textarea', { id: 'field-body', value: draft.body, spellcheck: false, rows });
  area.addEventListener('input', () => (draft.body = area.value));
  return [element('label', { htmlFor: 'field-body' }, 'body'), area];
}

function curlOf(route, draft) {
  const { method, path, headers, body } = requestOf(route, draft);
  const pairs = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  return curlCommand(route.url ?? '', { method, path, headers: pairs, body });
}

async function submit(route, draft, sendButton, answerArea) {
  sendButton.disabled = true;
  try {
    rememberSent(route, draft);
    answerArea.replaceChildren(answerSection(await api.send(requestOf(route, draft))));
  } catch (error) {
    answerArea.replaceChildren(panel('Not sent', element('pre', {}, error.message)));
  } finally {
    sendButton.disabled = false;
    sendButton.focus();
  }
  answerArea.scrollIntoView({ block: 'nearest' });
}
