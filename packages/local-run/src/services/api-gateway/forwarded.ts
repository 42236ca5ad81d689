/** The headers `X-Forwarded-*`, which a gateway sets itself. */
import { type GatewayRequest, headerPairs } from './request';

export type ForwardedHeaders = Readonly<Record<'X-Forwarded-For' | 'X-Forwarded-Port' | 'X-Forwarded-Proto', string>>;

/**
 * Appends the caller's address to the addresses that the caller sent. The gateway replaces the port and the protocol
 * (recorded from AWS: ustayready/fireprox, issue 12; logandk/serverless-wsgi, issue 36).
 */
export function forwardedHeaders({ rawHeaders, sourceIp, port }: GatewayRequest): ForwardedHeaders {
  const sent = headerPairs(rawHeaders)
    .filter(([name]) => name === 'x-forwarded-for')
    .map(([, value]) => value.trim())
    .filter((value) => value !== '');
  return {
    'X-Forwarded-For': [...sent, sourceIp].join(', '),
    'X-Forwarded-Port': String(port),
    'X-Forwarded-Proto': 'http',
  };
}
