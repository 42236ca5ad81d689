/** Fills in the form of a route: with the example, or with a request that was sent to the route before. */
import * as api from './api.js';
import { element, select, setOptions } from './dom.js';
import { draftOfSent, exampleDraft, sentDrafts } from './draft.js';
import { isOfRoute } from './route-of.js';

/** Maximum number of recorded requests to offer. */
const MAX_OFFERED = 10;

/**
 * @param {() => object[]} recentRequests the last requests of all routes
 * @param {(draft: object) => void} useDraft
 */
export function examplePicker(route, recentRequests, useDraft) {
  const id = 'field-fill-in';
  const picker = select({ id }, optionsFor(route, recentRequests()));
  // The list is current when it opens.
  picker.addEventListener('focus', () => setOptions(picker, optionsFor(route, recentRequests())));
  picker.addEventListener('change', () => void pick(picker.value, route, useDraft));
  return element('div.fields.fill-in', {}, element('label', { htmlFor: id }, 'fill in'), picker);
}

function optionsFor(route, requests) {
  const recorded = requests.filter((request) => isOfRoute(request, route)).slice(0, MAX_OFFERED);
  return [
    ['', 'a request ...'],
    ['example', 'Example'],
    ...sentDrafts(route).map(({ time, draft }, index) => [
      `sent ${index}`,
      `Sent here ${clock(time)} ${summary(draft)}`,
    ]),
    ...recorded.map(({ number, time, method, path, status }) => [
      `request ${number}`,
      `Request ${clock(time)} ${method} ${path} ${status}`,
    ]),
  ];
}

const clock = (time) => new Date(time).toLocaleTimeString();

function summary({ method, path, body = '' }) {
  const text = [method, ...Object.values(path), body.replace(/\s+/g, ' ')].join(' ');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

async function pick(choice, route, useDraft) {
  const [kind, number] = choice.split(' ');
  if (kind === 'example') useDraft(exampleDraft(route));
  if (kind === 'sent') useDraft({ ...exampleDraft(route), ...sentDrafts(route)[Number(number)].draft });
  if (kind === 'request') useDraft(draftOfSent(route, await api.getSent(number)));
}
