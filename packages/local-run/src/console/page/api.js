/** Calls the console's JSON API, which other programs on this machine may call too. */

/** Replaces the browser's message "Failed to fetch". */
const NO_CONNECTION =
  'The local run does not answer: it has stopped or is starting. Start it with npm start; this page then reconnects.';

/** A response with an error status. `details` is its body. */
export class ApiError extends Error {
  constructor(status, details) {
    super(details.message ?? `HTTP ${status}`);
    this.status = status;
    this.details = details;
  }
}

/** @throws ApiError, or Error when the local run does not answer */
async function call(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new Error(NO_CONNECTION);
  });
  const body = await response.json();
  if (!response.ok) throw new ApiError(response.status, body);
  return body;
}

function callWithBody(method, path, content) {
  const headers = { 'content-type': 'application/json' };
  return call(path, { method, headers, body: JSON.stringify(content) });
}

export const getStacks = async () => (await call('/api/stacks')).stacks;

export const getOpenApi = (stack) => call(`/openapi/${encodeURIComponent(stack)}.json`);

export const getRequests = async () => (await call('/api/requests')).requests;

export const getRequest = (number) => call(`/api/requests/${number}`);

/** Gets a request as it was sent, with its credentials. */
export const getSent = (number) => call(`/api/requests/${number}/sent`);

export const sendAgain = (number) => callWithBody('POST', `/api/requests/${number}/send`, {});

export const send = (request) => callWithBody('POST', '/api/send', request);

export const issueToken = (request) => callWithBody('POST', '/api/tokens', request);

const tablePath = (table) => `/api/tables/${encodeURIComponent(table)}`;

/** @param {Record<string, string | undefined>} parameters empty and undefined parameters are not sent */
export function getItems(table, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));
  return call(`${tablePath(table)}/items?${query}`);
}

export const getItem = async (table, key) =>
  (await call(`${tablePath(table)}/item?${new URLSearchParams({ key: JSON.stringify(key) })}`)).item;

export const putItem = (table, change) => callWithBody('PUT', `${tablePath(table)}/item`, change);

export const deleteItem = (table, previous) => callWithBody('DELETE', `${tablePath(table)}/item`, { previous });
