/** Calls the console's JSON API, which other programs on this machine may call too. */

/** Replaces the browser's message "Failed to fetch". */
const NO_CONNECTION =
  'The local run does not answer: it has stopped or is starting. Start it with npm start; this page then reconnects.';

/** @throws Error with the message of the server's response */
async function call(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new Error(NO_CONNECTION);
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.message ?? `HTTP ${response.status}`);
  return body;
}

export const getStacks = async () => (await call('/api/stacks')).stacks;

export const getOpenApi = (stack) => call(`/openapi/${encodeURIComponent(stack)}.json`);

export const getRequests = async () => (await call('/api/requests')).requests;

export const getRequest = (number) => call(`/api/requests/${number}`);

/** @param start `next` of the previous page; undefined for the first page */
export function getItems(table, start) {
  const query = start === undefined ? '' : `?start=${start}`;
  return call(`/api/tables/${encodeURIComponent(table)}/items${query}`);
}

export const send = (request) => post('/api/send', request);

export const issueToken = async (request) => (await post('/api/tokens', request)).token;

function post(path, content) {
  const headers = { 'content-type': 'application/json' };
  return call(path, { method: 'POST', headers, body: JSON.stringify(content) });
}
