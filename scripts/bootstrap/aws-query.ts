/** Reads settings of AWS services for which this project has no SDK client, over HTTP. */
import { sign } from '../aws/sign';

const TIMEOUT_MS = 10_000;

interface Query {
  readonly service: 'sns' | 'route53' | 'backup';
  /** The region that the signature names. */
  readonly region: string;
  /** Path and query of the request. */
  readonly path: string;
}

/** Sends a GET request. @returns the answer: XML, for AWS Backup JSON @throws Error with AWS's error when the answer is not a success */
export async function readAws({ service, region, path }: Query): Promise<string> {
  const host = service === 'route53' ? 'route53.amazonaws.com' : `${service}.${region}.amazonaws.com`;
  const url = `${(process.env['AWS_ENDPOINT_URL'] ?? `https://${host}`).replace(/\/$/, '')}${path}`;
  const request = { method: 'GET', headers: {}, body: undefined };
  const headers = await sign(url, request, { service, region });
  // fetch sets the host itself.
  const { host: _, ...sent } = headers;
  const response = await fetch(url, { headers: sent, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await response.text();
  if (response.ok) return text;
  const [code, message = text] = ['Code', 'Message'].map((name) => elements(text, name)[0]);
  // AWS Backup answers JSON, and names the error in a header.
  const type = response.headers.get('x-amzn-errortype')?.split(':')[0];
  throw Object.assign(new Error(message), { name: code ?? type ?? String(response.status) });
}

/** Texts of all XML elements with a name. AWS's answers have no attributes, comments or CDATA in them. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))].map(([, text = '']) => text.trim());
}
