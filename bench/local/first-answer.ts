/** A target's first answer. */
import { ID, ITEM, OURS } from './targets';

const itemsOf = (port: number) => `http://127.0.0.1:${port}/items`;

/** Asks until there is an answer that comes from the function: the item, or, of ours with its own empty tables, that there is none. */
export async function firstAnswer(name: string, port: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const response = await fetch(`${itemsOf(port)}/${ID}`).catch(() => undefined);
    if (response?.status === 200 || (response?.status === 404 && name.startsWith(OURS))) return;
    if (performance.now() > deadline) {
      throw new Error(
        `${name} does not answer: ${response ? `${response.status} ${await response.text()}` : 'no connection'}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Of ours, which has its own tables. */
export async function putItem(port: number): Promise<void> {
  const body = JSON.stringify(ITEM);
  const put = await fetch(itemsOf(port), { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
  if (put.status !== 200) throw new Error(`${put.status} to PUT: ${await put.text()}`);
}
