/** The page: shows the view that its address names (`#routes/...`), and applies what the local run reports. */
import * as api from './api.js';
import { element } from './dom.js';
import { RequestUpdates } from './request-updates.js';
import * as requests from './requests.js';
import * as routes from './routes.js';
import * as tables from './tables.js';

/** Each has firstId(data), list(data, selectedId) and detail(data, selectedId). */
const VIEWS = { routes, tables, requests };

/** As many as the server keeps. */
const MAX_REQUESTS = 200;

/** More new rows are not highlighted: none would stand out, and each animation costs the browser processor time. */
const MAX_HIGHLIGHTED = 3;

const main = document.getElementById('main');
const connection = document.getElementById('connection');
const notice = document.getElementById('notice');

const data = { stacks: [], requests: [] };

/** The view and the id in the address; the id is empty when nothing is selected. */
function address() {
  const [name = '', id = ''] = location.hash.slice(1).split('/');
  return { name: Object.hasOwn(VIEWS, name) ? name : 'routes', id: decode(id) };
}

/** An address that is cut off within an escape sequence selects nothing that exists. */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The first entry is shown when none is selected. */
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

/** Leaves content that is shown already in place, with the focus in it. */
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
  // The browser reconnects by itself, also to a local run that was started again.
  events.addEventListener('open', () => {
    showConnection('on', 'live');
    // A notice of the previous run; the current run sends its own.
    notice.hidden = true;
    void load();
  });
  events.addEventListener('error', () => showConnection('off', 'no connection'));
  events.addEventListener('request', (event) => onRequest(JSON.parse(event.data)));
  events.addEventListener('reload', (event) => void onReload(JSON.parse(event.data)));
}

addEventListener('hashchange', () => {
  requestUpdates.forgetDetail();
  show();
  main.querySelector('.detail')?.scrollIntoView({ block: 'nearest' });
});

/** The arrow keys move the focus in the list. */
main.addEventListener('keydown', (event) => {
  const link = event.target.closest?.('.list a');
  if (!link || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
  event.preventDefault();
  const links = [...main.querySelectorAll('.list a')];
  links[links.indexOf(link) + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
});

connect();
