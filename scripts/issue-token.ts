/** Gets tokens from the issuer of the local run. */

/** Time limit for the issuer, which answers within milliseconds. */
const TIMEOUT_MS = 10_000;

export interface TokenRequest {
  readonly stack?: string;
  readonly sub?: string;
  readonly scopes?: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly expiresInSeconds?: number;
}

/**
 * Gets a token.
 * @param issuer the address of the issuer, which `npm start` prints
 * @param timeoutMs time limit for the answer @default 10,000
 * @throws Error that says what to do
 */
export async function issueToken(issuer: string, request: TokenRequest, timeoutMs = TIMEOUT_MS): Promise<string> {
  if (!URL.canParse(issuer))
    throw new Error(`The issuer ${issuer} is not a URL. Write one such as http://127.0.0.1:3999.`);
  const url = new URL('/api/tokens', issuer);
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    throw new Error(
      `No local run answers at ${url.origin}. Start it with npm start, or pass the address that it prints.`,
    );
  }
  const answer = (await response.json().catch(() => ({}))) as { readonly token?: unknown; readonly message?: unknown };
  if (typeof answer.token === 'string') return answer.token;
  const { message } = answer;
  if (typeof message === 'string') throw new Error(message);
  throw new Error(`${url.href} answers ${response.status} without a token. Pass the address that npm start prints.`);
}
