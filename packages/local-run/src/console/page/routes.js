/** The view of all routes, with a form that sends a request to the selected route. */
import { definitionList, element, emptyText, methodLabel, panel } from './dom.js';
import { idOf } from './draft.js';
import { searchBox } from './search-box.js';
import { sendForm } from './send-form.js';

/** The answer area of each route. The answer stays when a reload replaces the form. */
const answerAreas = new Map();

/** The last detail. While its data stays the same, a reload keeps the detail, so the user can continue to type. */
let shownDetail = { data: '', content: undefined };

const search = searchBox('Search routes', 'path, method, function or API');

export const tools = (_, redraw) => search.element(redraw);

/** The first GET route: sending its request changes nothing. */
export function firstId({ stacks }) {
  const routes = stacks.flatMap((stack) => stack.routes);
  const first = routes.find(({ method }) => method === 'GET') ?? routes.find(({ example }) => example.method === 'GET');
  return first ? idOf(first) : '';
}

export const placeholder = ({ stacks }) =>
  stacks.some(({ routes }) => routes.length > 0) ? 'Select a route.' : 'The stacks have no routes.';

/** Groups the routes by stack. A stack with several APIs or stages has a heading for each of them. */
export function list({ stacks }, selectedId) {
  const groups = stacks.map(({ stack, routes, documentedApi }) => {
    const hasHeadings = new Set(routes.map(headingKey)).size > 1;
    const shown = routes.filter((route) =>
      search.matches([stack, route.method, route.path, route.function, route.apiName]),
    );
    const rows = shown.flatMap((route, index) => [
      ...(hasHeadings && (index === 0 || headingKey(shown[index - 1]) !== headingKey(route))
        ? [apiHeading(route)]
        : []),
      row(route, selectedId),
    ]);
    const docs = documentedApi === undefined ? [] : [docsLink(stack)];
    return {
      isShown: shown.length > 0 || !search.isActive(),
      nodes: [element('h2.group', {}, stack, ...docs), ...rows],
    };
  });
  const nodes = groups.filter(({ isShown }) => isShown).flatMap((group) => group.nodes);
  return nodes.length > 0 ? nodes : [emptyText(search.isActive() ? 'No route matches the search.' : 'No routes.')];
}

const headingKey = ({ api, stage }) => `${api} ${stage}`;

const apiHeading = ({ apiName, stage }) =>
  element('h3.subgroup', {}, stage === '$default' ? apiName : `${apiName}, stage ${stage}`);

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
    element('span.path', { title: route.path }, route.path),
  );
}

export function detail(data, selectedId) {
  const { stacks } = data;
  const stack = stacks.find(({ routes }) => routes.some((route) => idOf(route) === selectedId));
  const route = stack?.routes.find((candidate) => idOf(candidate) === selectedId);
  if (!route) return emptyText('There is no such route. It may have been removed.');
  const lambdaFunction = stack.functions.find(({ name }) => name === route.function);
  const key = JSON.stringify([route, lambdaFunction, stack.outputs]);
  if (shownDetail.data !== key) {
    shownDetail = { data: key, content: routeDetail(stack, route, lambdaFunction, () => data.requests) };
  }
  return shownDetail.content;
}

/** Draws the form anew when the view is shown next. Call it after another part of the page has replaced the draft. */
export function forgetForm() {
  shownDetail = { data: '', content: undefined };
}

/** Updates the metadata of the answer that is shown: log lines arrive after the answer. */
export function onRequest({ number }) {
  shownDetail.content?.querySelector(`.answer[data-number="${number}"]`)?.refresh();
}

function routeDetail(stack, route, lambdaFunction, recentRequests) {
  const id = idOf(route);
  const answerArea = answerAreas.get(id) ?? element('div', { 'aria-live': 'polite' });
  answerAreas.set(id, answerArea);
  const outputs = Object.entries(stack.outputs).map(([name, value]) => [name, outputText(value)]);
  return element(
    'div',
    {},
    element('div.title', {}, element('h2', {}, methodLabel(route.method), ` ${route.path}`)),
    element('p.soft', {}, `${route.apiName}: `, lambdaFunction ? functionText(lambdaFunction) : route.function),
    sendForm(route, answerArea, recentRequests),
    answerArea,
    outputs.length > 0 ? panel(`Outputs of ${stack.stack}`, definitionList(outputs)) : undefined,
  );
}

const functionText = ({ name, memoryMb, timeoutMs, role }) =>
  `${name}, ${memoryMb} MB, ${timeoutMs / 1000} s, role ${role}`;

const outputText = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
