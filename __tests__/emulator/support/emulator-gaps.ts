/** Where MiniStack 1.5.33 is otherwise than AWS: each gap with its reason, and nothing passes for one that is not here. */
import type { IncomingMessage } from 'node:http';

/**
 * The request as MiniStack understands it. CreateApiKey: the provider sends `"value": ""`, upon which AWS generates one;
 * MiniStack wants at least 20 characters, and generates one only when there is no `value`.
 */
export function mended({ method, url }: IncomingMessage, body: Buffer): Buffer {
  if (method !== 'POST' || url !== '/apikeys') return body;
  const { value, ...rest } = JSON.parse(body.toString()) as Record<string, unknown>;
  return value === '' ? Buffer.from(JSON.stringify(rest)) : body;
}

/**
 * The outputs with addresses that lead to the emulator: `invoke_url` of a REST API's stage is made up by the provider,
 * with AWS's host.
 */
export function reachable(url: string, endpoint: string): string {
  const { port } = new URL(endpoint);
  return url.replace(
    /^https:\/\/([^.]+)\.execute-api\.[^/]+\.amazonaws\.com/,
    `http://$1.execute-api.localhost:${port}`,
  );
}
