/** Creates a public hosted zone of Route 53. */
import { call } from '../emulator-calls';

/** @param endpoint the emulator's URL @returns the id, such as `Z0123456789ABCDEFGHIJ` */
export async function createHostedZone(endpoint: string, name: string): Promise<string> {
  const xml = await call(endpoint, {
    service: 'route53',
    path: '/2013-04-01/hostedzone',
    headers: { 'content-type': 'application/xml' },
    body: `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>${name}</CallerReference></CreateHostedZoneRequest>`,
  });
  const [, id] = /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(xml) ?? [];
  if (id === undefined) throw new Error(`Route 53 answered without an id: ${xml}`);
  return id;
}
