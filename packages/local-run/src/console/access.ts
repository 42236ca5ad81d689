/** Protects the console from other websites: refuses their requests, and defines security headers. */
import type { IncomingMessage } from 'node:http';

/**
 * The content security policy of the docs page. The page can load from the console and send to the console only. It lacks
 * `require-trusted-types-for`, because Swagger UI inserts sanitized text as HTML.
 */
export const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";

/** Headers of every response. The docs page replaces the policy. */
export const SECURITY_HEADERS = {
  'content-security-policy': `${DOCS_POLICY}; require-trusted-types-for 'script'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** @returns why the request is refused; undefined when it is allowed */
export function refusalReason({ method, headers }: IncomingMessage): string | undefined {
  const { host = '', origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'content-type': type = '' } = headers;
  // DNS rebinding: an attacker's host name can resolve to 127.0.0.1, and its pages would then share this origin.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)) {
    return `Host is ${host}; open this page by 127.0.0.1 or localhost.`;
  }
  // Browsers send Sec-Fetch-Site with every request of a page; other programs do not. Following a link is allowed.
  const followsLink = method === 'GET' && mode === 'navigate';
  if (typeof site === 'string' && !['same-origin', 'none'].includes(site) && !followsLink) {
    return 'The request comes from a page of another origin.';
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase()) {
    return `The request comes from ${origin}, another origin.`;
  }
  if (method === 'GET' || method === 'HEAD') return undefined;
  // A form cannot send JSON. A script of another origin needs a CORS preflight before it sends JSON, and the preflight fails.
  if (!/^application\/json\s*(;|$)/i.test(type)) return 'Content-Type must be application/json.';
  return undefined;
}
