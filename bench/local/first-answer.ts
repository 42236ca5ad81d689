/** Waits for a target's first answer. */
import { ID, ITEM, OURS } from './targets';

/** Asks until there is an answer that comes from the function: the item, or that there is none. */
export async function firstAnswer(name: string, port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}/items`;
  const deadline = performance.now() + 60_000;
  for (;;) {
    const response = await fetch(`${url}/${ID}`).catch(() => undefined);
    if (response?.status === 200) return;
    if (response?.status === 404 && name.startsWith(OURS)) {
      // Its own dynalite is empty; this answer is the first, and the item is put for what follows.
      const body = JSON.stringify(ITEM);
      const put = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
      if (put.status !== 200) throw new Error(`${name} answered ${put.status} to PUT: ${await put.text()}`);
      return;
    }
    if (performance.now() > deadline) {
      throw new Error(
        `${name} does not answer: ${response ? `${response.status} ${await response.text()}` : 'no connection'}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
