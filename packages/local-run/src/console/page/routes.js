/** The view of all routes, with a form that sends a request to the selected route. */
import { definitionList, element, emptyText, methodLabel, panel } from './dom.js';
import { sendForm } from './send-form.js';

const idOf = ({ stack, method, path }) => `${stack} ${method} ${path}`;

/** The response area of each route. The response stays when a reload replaces the form. */
const responseAreas = new Map();

/** The last detail. While its data stays the same, a reload keeps the detail, so the user can continue to type. */
let shownDetail = { data: '', content: undefined };

export function firstId({ stacks }) {
  const [first] = stacks.flatMap(({ routes }) => routes);
  return first ? idOf(first) : '';
}

export function list({ stacks }, selectedId) {
  return stacks.flatMap(({ stack, routes, documentedApi }) => [
    element('h2.group', {}, stack, ...(documentedApi === undefined ? [] : [docsLink(stack)])),
    ...routes.map((route) => row(route, selectedId)),
  ]);
}

function docsLink(stack) {
  const href = `/docs/${encodeURIComponent(stack)}`;
  return element('a.docs', { href, 'aria-label': `Docs of ${stack}` }, 'Docs');
}

function row(route, selectedId) {
  const id = idOf(route);
  return element(
    'a.row',
    { href: `#routes/${encodeURIComponent(id)}`, 'aria-current': id === selectedId ? 'true' : undefined },
    methodLabel(route.method),
    element('span', {}, route.path),
  );
}

export function detail({ stacks }, selectedId) {
  const stack = stacks.find(({ routes }) => routes.some((route) => idOf(route) === selectedId));
  const route = stack?.routes.find((candidate) => idOf(candidate) === selectedId);
  if (!route) return emptyText('There is no such route. It may have been removed.');
  const lambdaFunction = stack.functions.find(({ name }) => name === route.function);
  const data = JSON.stringify([route, lambdaFunction, stack.outputs]);
  if (shownDetail.data !== data) shownDetail = { data, content: routeDetail(stack, route, lambdaFunction) };
  return shownDetail.content;
}

function routeDetail(stack, route, lambdaFunction) {
  const responseArea = responseAreas.get(idOf(route)) ?? element('div', { 'aria-live': 'polite' });
  responseAreas.set(idOf(route), responseArea);
  const outputs = Object.entries(stack.outputs).map(([name, value]) => [name, outputText(value)]);
  return element(
    'div',
    {},
    element('div.title', {}, element('h2', {}, methodLabel(route.method), ` ${route.path}`)),
    element('p.soft', {}, lambdaFunction ? functionText(lambdaFunction) : route.function),
    sendForm(idOf(route), route, responseArea),
    responseArea,
    panel(`Outputs of ${stack.stack}`, definitionList(outputs)),
  );
}

const functionText = ({ name, memoryMb, timeoutMs, role }) =>
  `${name}, ${memoryMb} MB, ${timeoutMs / 1000} s, role ${role}`;

const outputText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
