/** What the page asks of its server; all of it is JSON that anyone on this machine can ask for. */

/** What browsers say of it ("Failed to fetch") tells nobody what happened. */
const GONE =
  'The local run does not answer: it has ended, or is starting. Start it with npm start; this page then goes on.';

/** @throws Error with the server's own words */
async function asked(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new Error(GONE);
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.message ?? `HTTP ${response.status}`);
  return body;
}

export const stacks = async () => (await asked('/api/stacks')).stacks;

export const requests = async () => (await asked('/api/requests')).requests;

export const request = (number) => asked(`/api/requests/${number}`);

export const items = (table, start) =>
  asked(`/api/tables/${encodeURIComponent(table)}/items${start === undefined ? '' : `?start=${start}`}`);

export const send = (what) =>
  asked('/api/send', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(what),
  });
