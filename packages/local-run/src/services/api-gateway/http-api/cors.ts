/** CORS of an HTTP API (API Gateway developer guide, "Configure CORS for HTTP APIs"). */
import type { CorsDeployment } from '../../../model/deployment';
import type { HttpResponse } from '../integration';
import { type GatewayRequest, headerPairs } from '../request';

type Head = Pick<GatewayRequest, 'method' | 'rawHeaders'>;
type Header = readonly [name: string, value: string];

const OF_CORS = /^access-control-/i;

export class Cors {
  constructor(private readonly cors: CorsDeployment) {}

  /**
   * The answer to a preflight, whether or not there is a route: OPTIONS with `origin` and
   * `access-control-request-method`. Undefined for any other request. An origin that is not allowed
   * gets an answer without CORS headers, and the browser refuses the rest.
   */
  preflight({ method, rawHeaders }: Head): HttpResponse | undefined {
    if (method !== 'OPTIONS') return undefined;
    const headers = new Map(headerPairs(rawHeaders));
    const origin = headers.get('origin');
    if (origin === undefined || !headers.has('access-control-request-method')) return undefined;
    const { allowMethods, allowHeaders, maxAge } = this.cors;
    const answer: Header[] = this.forOrigin(origin, [
      ...listHeader('access-control-allow-methods', allowMethods),
      ...listHeader('access-control-allow-headers', allowHeaders),
      ...(maxAge === undefined ? [] : [['access-control-max-age', String(maxAge)] as const]),
    ]);
    return { status: 204, headers: answer, body: Buffer.alloc(0) };
  }

  /** The function's answer, with the API's CORS headers in place of those that the function sent. */
  applied({ rawHeaders }: Head, response: HttpResponse): HttpResponse {
    const [, origin] = headerPairs(rawHeaders).find(([name]) => name === 'origin') ?? [];
    const own = origin === undefined ? [] : this.forOrigin(origin, []);
    return { ...response, headers: [...response.headers.filter(([name]) => !OF_CORS.test(name)), ...own] };
  }

  private forOrigin(origin: string, others: readonly Header[]): Header[] {
    const { allowOrigins, allowCredentials, exposeHeaders } = this.cors;
    const allowed = allowOrigins.find((pattern) => isAllowed(pattern, origin));
    if (allowed === undefined) return [];
    return [
      ['access-control-allow-origin', allowed === '*' ? '*' : origin],
      ...others,
      ...listHeader('access-control-expose-headers', exposeHeaders),
      ...(allowCredentials ? [['access-control-allow-credentials', 'true'] as const] : []),
    ];
  }
}

/** `*`, `https://*` (any origin that begins so), or the whole origin. */
function isAllowed(pattern: string, origin: string): boolean {
  if (pattern.endsWith('*')) return origin.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase());
  return pattern.toLowerCase() === origin.toLowerCase();
}

function listHeader(name: string, values: readonly string[]): Header[] {
  return values.length === 0 ? [] : [[name, values.join(',')]];
}
