/** The filter above the list of requests: text, status, stack and route. */
import { element, select, setOptions } from './dom.js';
import { searchBox } from './search-box.js';

const STATUSES = [
  ['', 'any status'],
  ['2', '2xx'],
  ['3', '3xx'],
  ['4', '4xx'],
  ['5', '5xx'],
  ['denied', 'denied by IAM'],
];

const search = searchBox('Search requests', 'path, method, reason or id');
const status = select({ 'aria-label': 'Status' }, STATUSES);
const stack = select({ 'aria-label': 'Stack' }, [['', 'all stacks']]);
const route = select({ 'aria-label': 'Route' }, [['', 'all routes']]);
const bar = element('div.filter', {}, search.input, status, stack, route);

let redraw = () => undefined;
for (const choice of [status, stack, route]) choice.addEventListener('change', () => redraw());

/** @param {() => void} draw called after each change of the filter */
export function filterBar({ requests }, draw) {
  redraw = draw;
  search.element(draw);
  const stacks = unique(requests.map((request) => request.stack));
  const routes = unique(requests.filter((request) => ['', request.stack].includes(stack.value)).map(routeOf));
  setOptions(stack, [['', 'all stacks'], ...stacks.map((name) => [name, name])]);
  setOptions(route, [['', 'all routes'], ...routes.map((name) => [name, name])]);
  stack.hidden = stacks.length < 2;
  return bar;
}

export function isShown(request) {
  const { method, path, reason, fault, requestId, calls } = request;
  const isDenied = () => calls.some(({ decision }) => decision !== 'allowed');
  return (
    (stack.value === '' || stack.value === request.stack) &&
    (route.value === '' || route.value === routeOf(request)) &&
    (status.value === '' ||
      (status.value === 'denied' ? isDenied() : String(request.status).startsWith(status.value))) &&
    search.matches([`${method} ${path}`, reason, fault, requestId, request.function])
  );
}

const routeOf = (request) => request.route ?? 'no route';

const unique = (names) => [...new Set(names)].sort();
