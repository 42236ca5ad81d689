/** Who may ask the console page's server: programs on this machine, and the page itself; no other site in its browser. */
import type { IncomingMessage } from 'node:http';

/** On every answer. The page has no code, style or picture from elsewhere, and builds nothing from text. */
export const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; " +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** @returns why the request is refused; undefined when it may pass */
export function refusal({ method, headers }: IncomingMessage): string | undefined {
  const { host = '', origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'content-type': type = '' } = headers;
  // Another name may have been made to lead here (DNS rebinding), and its pages would then be of this origin.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)) {
    return `Host is ${host}; this page is reached by 127.0.0.1 or localhost alone.`;
  }
  // Browsers send it with whatever a page asks for; other programs do not. Following a link to the page is fine.
  const navigates = method === 'GET' && mode === 'navigate';
  if (typeof site === 'string' && !['same-origin', 'none'].includes(site) && !navigates) {
    return 'The request comes from a page of another origin.';
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`.toLowerCase()) {
    return `The request comes from ${origin}, another origin.`;
  }
  if (method === 'GET' || method === 'HEAD') return undefined;
  // No form can send it, and a script of another origin only after asking.
  if (!/^application\/json\s*(;|$)/i.test(type)) return 'Content-Type must be application/json.';
  return undefined;
}
