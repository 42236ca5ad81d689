/** The known differences between MiniStack 1.5.33 and AWS. The suite works around these differences only. */
import type { IncomingMessage } from 'node:http';

/**
 * Rewrites the body of a request for MiniStack. For CreateApiKey, the provider sends `"value": ""`, and AWS generates the key.
 * MiniStack refuses a `value` of fewer than 20 characters, and generates the key only without a `value`.
 */
export function bodyForMinistack({ method, url }: IncomingMessage, body: Buffer): Buffer {
  if (method !== 'POST' || url !== '/apikeys') return body;
  const { value, ...rest } = JSON.parse(body.toString()) as Record<string, unknown>;
  return value === '' ? Buffer.from(JSON.stringify(rest)) : body;
}

/**
 * Replaces the host of an API's URL with the emulator's. The provider itself makes the `invoke_url` of a REST API's stage, with
 * the host name of AWS.
 */
export function emulatorUrl(url: string, endpoint: string): string {
  const { port } = new URL(endpoint);
  return url.replace(
    /^https:\/\/([^.]+)\.execute-api\.[^/]+\.amazonaws\.com/,
    `http://$1.execute-api.localhost:${port}`,
  );
}
