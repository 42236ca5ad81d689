/** Gets tokens from the issuer of the local run. */

export interface TokenRequest {
  readonly stack?: string;
  readonly sub?: string;
  readonly scopes?: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly expiresInSeconds?: number;
}

/**
 * @param issuer the address of the issuer, which `npm start` prints
 * @throws Error that says what to do
 */
export async function issueToken(issuer: string, request: TokenRequest): Promise<string> {
  if (!URL.canParse(issuer))
    throw new Error(`The issuer ${issuer} is not a URL. Write one such as http://127.0.0.1:3999.`);
  const url = new URL('/api/tokens', issuer);
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
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
