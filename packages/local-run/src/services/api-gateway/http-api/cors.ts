/** CORS of an HTTP API (API Gateway developer guide, "Configure CORS for HTTP APIs"). */
import type { CorsDeployment } from '../../../model/deployment';
import type { Header, HttpResponse } from '../gateway';
import { type GatewayRequest, headerPairs, headerValue } from '../request';

type RequestHead = Pick<GatewayRequest, 'method' | 'rawHeaders'>;

const CORS_HEADER = /^access-control-/i;

export class Cors {
  constructor(private readonly cors: CorsDeployment) {}

  /**
   * Responds to a preflight request: OPTIONS with the headers `origin` and `access-control-request-method`. An origin that is
   * not allowed gets a response without CORS headers, so the browser does not send the actual request.
   * @returns undefined for any other request
   */
  preflight({ method, rawHeaders }: RequestHead): HttpResponse | undefined {
    if (method !== 'OPTIONS') return undefined;
    const headers = new Map(headerPairs(rawHeaders));
    const origin = headers.get('origin');
    if (origin === undefined || !headers.has('access-control-request-method')) return undefined;
    const { allowMethods, allowHeaders, maxAge } = this.cors;
    const responseHeaders = this.originHeaders(origin, [
      ...listHeader('access-control-allow-methods', allowMethods),
      ...listHeader('access-control-allow-headers', allowHeaders),
      ...(maxAge === undefined ? [] : [['access-control-max-age', String(maxAge)] as const]),
    ]);
    return { status: 204, headers: responseHeaders, body: Buffer.alloc(0) };
  }

  /** Replaces the CORS headers of a function's response with the CORS headers of the API. */
  apply({ rawHeaders }: RequestHead, response: HttpResponse): HttpResponse {
    const origin = headerValue(rawHeaders, 'origin');
    const corsHeaders = origin === undefined ? [] : this.originHeaders(origin, []);
    return { ...response, headers: [...response.headers.filter(([name]) => !CORS_HEADER.test(name)), ...corsHeaders] };
  }

  private originHeaders(origin: string, others: readonly Header[]): Header[] {
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

/** @param pattern `*`, the beginning of an origin (`https://*`), or a whole origin */
function isAllowed(pattern: string, origin: string): boolean {
  if (pattern.endsWith('*')) return origin.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase());
  return pattern.toLowerCase() === origin.toLowerCase();
}

function listHeader(name: string, values: readonly string[]): Header[] {
  return values.length === 0 ? [] : [[name, values.join(',')]];
}
