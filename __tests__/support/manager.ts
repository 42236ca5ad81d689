/** Calls the API `manager`. */
import { manager } from '../../function/manager/contract';
import { type Answer, send } from './http';
import type { LocalRun } from './local-run';
import { nameOf } from './names';

export const TABLE = nameOf('lambda-apigateway');
export const PATH = '/prod/dynamodbmanager';

export interface Target {
  readonly url: string;
  readonly key: string;
}

export function targetOf(run: LocalRun): Target {
  const { url, api_key: key } = run.outputs[manager.name] as Record<string, string>;
  return { url: (url ?? '').replace(/\/prod$/, ''), key: key ?? '' };
}

/** Sends a request with the API key, and repeats it after a 429. Another test checks the throttle of the key. */
export async function post({ url, key }: Target, body: unknown): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'x-api-key': key };
  for (;;) {
    const answer = await send(url, 'POST', PATH, { headers, body: text });
    if (answer.status !== 429) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
