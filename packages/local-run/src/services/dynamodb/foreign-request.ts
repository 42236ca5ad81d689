/** Recognizes requests of web pages. Ports on 127.0.0.1 are open to every page that a browser on this machine shows. */
import type { IncomingHttpHeaders } from 'node:http';

/** @returns why the request comes from a web page; undefined when it does not */
export function foreignReason({ host = '', origin }: IncomingHttpHeaders): string | undefined {
  // Browsers send Origin with every POST and preflight request. SDKs in functions do not.
  if (origin !== undefined) return `the request comes from a web page of ${origin}`;
  // DNS rebinding: a host name of an attacker can resolve to 127.0.0.1.
  if (/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host)) return undefined;
  return `the request is for the host ${host}, not for this machine`;
}
