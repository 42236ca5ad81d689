/** The page. Shows the view in its address (`#routes/...`), and updates it when the local run sends an event. */
import * as api from './api.js';
import { element, emptyText } from './dom.js';
import { RequestUpdates } from './request-updates.js';
import * as requests from './requests.js';
import * as routes from './routes.js';
import { listenForShortcuts, showShortcuts } from './shortcuts.js';
import * as tables from './tables.js';

/** Each view has tools(data, redraw), firstId(data), list(data, selectedId), detail(data, selectedId) and placeholder(data). */
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
  showDetail(id === '' ? emptyText(VIEWS[name].placeholder(data)) : VIEWS[name].detail(data, id));
}

function showList() {
  const { name, id } = selection();
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  showTools(name);
  const previous = main.querySelector('.list');
  const focusedHref = document.activeElement?.closest('.list a')?.getAttribute('href');
  const list = element('div.list', { 'data-view': name }, ...VIEWS[name].list(data, id));
  setTabStop(list, list.querySelector('.row[aria-current]') ?? list.querySelector('.row'));
  const { scrollTop } = previous.parentElement;
  previous.replaceWith(list);
  list.parentElement.scrollTop = scrollTop;
  // Keeps the keyboard focus on the same link.
  const sameLink = [...list.querySelectorAll('a')].find((link) => link.getAttribute('href') === focusedHref);
  sameLink?.focus({ preventScroll: true });
}

/** Shows the search or the filter of a view. Does not move an element that is already shown, so the focus stays in it. */
function showTools(name) {
  const tools = main.querySelector('.tools');
  const content = VIEWS[name].tools(data, onSearch);
  if (tools.firstChild !== content) tools.replaceChildren(content);
}

/** A search changes the detail only if no entry was selected: then the detail shows the first entry of the list. */
function onSearch() {
  const { name, id } = address();
  if (name === 'requests' && id === '') show();
  else showList();
}

/** The Tab key reaches one row of the list. The arrow keys move to the other rows. */
function setTabStop(list, row) {
  for (const each of list.querySelectorAll('.row')) each.tabIndex = each === row ? 0 : -1;
}

/** Shows a detail. Does not touch a detail that is already shown, so the focus stays in it. */
function showDetail(content) {
  const detail = main.querySelector('.detail');
  if (detail.firstChild !== content) detail.replaceChildren(content);
}

const requestUpdates = new RequestUpdates({
  isShown: () => address().name === 'requests',
  drawList: (newNumbers) => {
    showList();
    if (newNumbers.length > MAX_HIGHLIGHTED) return;
    for (const number of newNumbers) main.querySelector(`.row[data-number="${number}"]`)?.classList.add('new');
  },
  drawDetail: () => {
    const { id } = selection();
    if (id !== '') showDetail(requests.detail(data, id, main.querySelector('.detail').firstChild));
  },
});

function onRequest(request) {
  const index = data.requests.findIndex(({ number }) => number === request.number);
  const isNew = index === -1;
  if (isNew) data.requests = [request, ...data.requests].slice(0, MAX_REQUESTS);
  else data.requests[index] = request;
  routes.onRequest(request);
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
  // On a narrow screen, the detail is below the list.
  if (address().id === '') scrollTo(0, 0);
  else main.querySelector('.detail').scrollIntoView({ block: 'nearest' });
});

/** The arrow keys, Home and End move the focus in the list. */
main.addEventListener('keydown', (event) => {
  const link = event.target.closest?.('.list .row');
  if (!link) return;
  const links = [...main.querySelectorAll('.list .row')];
  const index = links.indexOf(link);
  const next = { ArrowDown: links[index + 1], ArrowUp: links[index - 1], Home: links[0], End: links.at(-1) }[event.key];
  if (!next) return;
  event.preventDefault();
  setTabStop(main.querySelector('.list'), next);
  next.focus();
});

document.getElementById('show-shortcuts').addEventListener('click', showShortcuts);
listenForShortcuts(main);
connect();
