/** The page: which view is shown (it stands in the address, after #), and what happens meanwhile. */
import * as api from './api.js';
import { element } from './dom.js';
import * as requestsView from './requests.js';
import * as routesView from './routes.js';
import * as tablesView from './tables.js';

/** As many as the server keeps. */
const MOST_REQUESTS = 200;

/** How often the list is drawn, and the detail of a request asked for, at most. */
const LIST_EVERY_MS = 150;
const DETAIL_EVERY_MS = 450;

/** New rows of a drawing that are marked as new. */
const MOST_FADING = 3;

const main = document.getElementById('main');
const live = document.getElementById('live');
const notice = document.getElementById('notice');

let stacks = [];
let requests = [];

function place() {
  const [view = '', chosen = ''] = location.hash.slice(1).split('/');
  return {
    view: ['routes', 'tables', 'requests'].includes(view) ? view : 'routes',
    chosen: decoded(chosen),
  };
}

/** An address that was cut off within an escape is that of nothing. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Without a choice the first is shown. */
function firstOf(view) {
  if (view === 'requests') return String(requests[0]?.number ?? '');
  if (view === 'tables') return stacks.flatMap(({ tables }) => tables)[0]?.name ?? '';
  const [first] = stacks.flatMap(({ routes }) => routes);
  return first ? routesView.routeId(first) : '';
}

function listOf(view, chosen) {
  if (view === 'requests') return requestsView.list(requests, chosen);
  return view === 'tables' ? tablesView.list(stacks, chosen) : routesView.list(stacks, chosen);
}

function detailOf(view, chosen) {
  if (chosen === '') return undefined;
  if (view === 'requests') return requestsView.detail(chosen);
  return view === 'tables' ? tablesView.detail(stacks, chosen) : routesView.detail(stacks, chosen);
}

function show() {
  const { view, chosen: asked } = place();
  const chosen = asked || firstOf(view);
  showList(view, chosen);
  showDetail(detailOf(view, chosen));
}

function showList(view, chosen) {
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const focused = document.activeElement?.closest('.list a')?.getAttribute('href');
  const scrolled = main.querySelector('.list').scrollTop;
  const list = element('div.list', { 'data-view': view }, ...listOf(view, chosen));
  main.querySelector('.list').replaceWith(list);
  list.scrollTop = scrolled;
  // Who went through the list by keyboard goes on where they were.
  if (focused)
    [...list.querySelectorAll('a')]
      .find((link) => link.getAttribute('href') === focused)
      ?.focus({ preventScroll: true });
}

/** What is shown already stays where it is, with the focus in it. */
function showDetail(made) {
  const detail = main.querySelector('.detail');
  if (made === undefined) detail.replaceChildren();
  else if (detail.firstChild !== made) detail.replaceChildren(made);
}

/** What has come and is not drawn: under load requests come faster than anyone reads, and drawing takes the run's time. */
const undrawn = { fresh: new Set(), detail: false, drawing: false, listAt: -Infinity, detailAt: -Infinity };

function arrived(request) {
  const known = requests.findIndex(({ number }) => number === request.number);
  if (known === -1) requests = [request, ...requests].slice(0, MOST_REQUESTS);
  else requests[known] = request;
  const { view, chosen } = place();
  if (view !== 'requests') return;
  if (known === -1) undrawn.fresh.add(request.number);
  // The newest is shown for as long as none was chosen; later lines of the chosen one too.
  if (chosen === '' || chosen === String(request.number)) undrawn.detail = true;
  drawAfter(undrawn.listAt + LIST_EVERY_MS);
}

/** In the next frame after this time; once, however often it is asked for. */
function drawAfter(time) {
  if (undrawn.drawing) return;
  undrawn.drawing = true;
  setTimeout(() => requestAnimationFrame(draw), Math.max(0, time - performance.now()));
}

/** All that came meanwhile, at once. */
function draw() {
  undrawn.drawing = false;
  const fresh = [...undrawn.fresh];
  undrawn.fresh.clear();
  const { view, chosen: asked } = place();
  if (view !== 'requests') return;
  const chosen = asked || firstOf(view);
  undrawn.listAt = performance.now();
  showList(view, chosen);
  // Where all are new, none stands out; and what fades is painted sixty times a second.
  if (fresh.length <= MOST_FADING)
    for (const number of fresh) main.querySelector(`.row[data-number="${number}"]`)?.classList.add('fresh');
  if (!undrawn.detail) return;
  const next = undrawn.detailAt + DETAIL_EVERY_MS;
  if (next > undrawn.listAt) return drawAfter(next);
  undrawn.detail = false;
  undrawn.detailAt = undrawn.listAt;
  showDetail(requestsView.detail(chosen, main.querySelector('.detail').firstChild));
}

async function reloaded({ outcome, files, error }) {
  notice.hidden = outcome !== 'failed';
  notice.textContent = outcome === 'failed' ? `${files.join(', ')}: the previous version keeps serving.\n${error}` : '';
  if (outcome !== 'reloaded') return;
  stacks = await api.stacks();
  if (place().view !== 'requests') show();
}

async function load() {
  [stacks, requests] = await Promise.all([api.stacks(), api.requests()]);
  show();
}

function listen() {
  const events = new EventSource('/api/events');
  events.addEventListener('open', () => {
    live.textContent = 'live';
    live.className = 'on';
    // What failed in a run that ended says nothing of this one, which tells its own.
    notice.hidden = true;
    // Also after the run was started again.
    void load();
  });
  events.addEventListener('error', () => {
    live.textContent = 'no connection';
    live.className = 'off';
  });
  events.addEventListener('request', ({ data }) => arrived(JSON.parse(data)));
  events.addEventListener('reload', ({ data }) => void reloaded(JSON.parse(data)));
}

addEventListener('hashchange', () => {
  undrawn.detail = false;
  show();
  main.querySelector('.detail')?.scrollIntoView({ block: 'nearest' });
});
/** Up and down in the list. */
main.addEventListener('keydown', (event) => {
  const link = event.target.closest?.('.list a');
  if (!link || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
  event.preventDefault();
  const links = [...main.querySelectorAll('.list a')];
  const next = links[links.indexOf(link) + (event.key === 'ArrowDown' ? 1 : -1)];
  next?.focus();
});
listen();
