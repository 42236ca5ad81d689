/** The page. Shows the view in its address (`#routes/...`), and updates it when the local run sends an event. */
import * as api from './api.js';
import { element } from './dom.js';
import { RequestUpdates } from './request-updates.js';
import * as requests from './requests.js';
import * as routes from './routes.js';
import * as tables from './tables.js';

/** Each view has firstId(data), list(data, selectedId) and detail(data, selectedId). */
const VIEWS = { routes, tables, requests };

/** Maximum number of requests that the server keeps. */
const MAX_REQUESTS = 200;

/** Maximum number of new rows to highlight together. With more, no row stands out, and each animation takes processor time. */
const MAX_HIGHLIGHTED = 3;

const main = document.getElementById('main');
const connection = document.getElementById('connection');
const notice = document.getElementById('notice');

const data = { stacks: [], requests: [] };

/** Reads the view and the id from the address. The id is empty when nothing is selected. */
function address() {
  const [name = '', id = ''] = location.hash.slice(1).split('/');
  return { name: Object.hasOwn(VIEWS, name) ? name : 'routes', id: decode(id) };
}

/** Decodes an id. If the address ends within an escape sequence, the id stays encoded and matches no entry. */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the view and the id to show. Without an id in the address, the first entry is shown. */
function selection() {
  const { name, id } = address();
  return { name, id: id || VIEWS[name].firstId(data) };
}

function show() {
  const { name, id } = selection();
  showList();
  showDetail(id === '' ? undefined : VIEWS[name].detail(data, id));
}

function showList() {
  const { name, id } = selection();
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const previous = main.querySelector('.list');
  const focusedHref = document.activeElement?.closest('.list a')?.getAttribute('href');
  const list = element('div.list', { 'data-view': name }, ...VIEWS[name].list(data, id));
  const { scrollTop } = previous;
  previous.replaceWith(list);
  list.scrollTop = scrollTop;
  // Keeps the keyboard focus on the same link.
  const sameLink = [...list.querySelectorAll('a')].find((link) => link.getAttribute('href') === focusedHref);
  sameLink?.focus({ preventScroll: true });
}

/** Shows a detail. Does not touch a detail that is already shown, so the focus stays in it. */
function showDetail(content) {
  const detail = main.querySelector('.detail');
  if (content === undefined) detail.replaceChildren();
  else if (detail.firstChild !== content) detail.replaceChildren(content);
}

const requestUpdates = new RequestUpdates({
  isShown: () => address().name === 'requests',
  drawList: (newNumbers) => {
    showList();
    if (newNumbers.length > MAX_HIGHLIGHTED) return;
    for (const number of newNumbers) main.querySelector(`.row[data-number="${number}"]`)?.classList.add('new');
  },
  drawDetail: () => showDetail(requests.detail(data, selection().id, main.querySelector('.detail').firstChild)),
});

function onRequest(request) {
  const index = data.requests.findIndex(({ number }) => number === request.number);
  const isNew = index === -1;
  if (isNew) data.requests = [request, ...data.requests].slice(0, MAX_REQUESTS);
  else data.requests[index] = request;
  const { name, id } = address();
  if (name !== 'requests') return;
  const changesDetail = id === '' || id === String(request.number);
  requestUpdates.add({ number: request.number, isNew, changesDetail });
}

async function onReload({ outcome, files, error }) {
  const failed = outcome === 'failed';
  notice.hidden = !failed;
  notice.textContent = failed ? `${files.join(', ')}: the previous version keeps serving.\n${error}` : '';
  if (outcome !== 'reloaded') return;
  data.stacks = await api.getStacks();
  if (address().name !== 'requests') show();
}

async function load() {
  [data.stacks, data.requests] = await Promise.all([api.getStacks(), api.getRequests()]);
  show();
}

function showConnection(className, text) {
  connection.className = className;
  connection.textContent = text;
}

function connect() {
  const events = new EventSource('/api/events');
  // The browser reconnects automatically, also after a restart of the local run.
  events.addEventListener('open', () => {
    showConnection('on', 'live');
    // Hides the notice of the previous run. If the last reload failed, the current run sends that reload.
    notice.hidden = true;
    void load();
  });
  events.addEventListener('error', () => showConnection('off', 'no connection'));
  events.addEventListener('request', (event) => onRequest(JSON.parse(event.data)));
  events.addEventListener('reload', (event) => void onReload(JSON.parse(event.data)));
}

addEventListener('hashchange', () => {
  requestUpdates.cancelDetail();
  show();
  main.querySelector('.detail')?.scrollIntoView({ block: 'nearest' });
});

/** The arrow keys move the focus in the list. */
main.addEventListener('keydown', (event) => {
  const link = event.target.closest?.('.list .row');
  if (!link || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
  event.preventDefault();
  const links = [...main.querySelectorAll('.list .row')];
  links[links.indexOf(link) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
});

connect();
