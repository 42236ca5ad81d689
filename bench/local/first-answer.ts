/** Waits for a target's first answer. */
import { ID, ITEM, OURS } from './targets';

const itemsOf = (port: number) => `http://127.0.0.1:${port}/items`;

/** Sends requests until the function answers with the item. The local run answers 404, because its own table is empty. */
export async function waitForFirstAnswer(name: string, port: number): Promise<void> {
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

/** Stores the item in the local run's own table. */
export async function putItem(port: number): Promise<void> {
  const body = JSON.stringify(ITEM);
  const put = await fetch(itemsOf(port), { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
  if (put.status !== 200) throw new Error(`${put.status} to PUT: ${await put.text()}`);
}
