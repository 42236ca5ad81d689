/** Writes responses in the protocols of AWS services. Clients turn them into the service's own exceptions. */
import { randomUUID } from 'node:crypto';
import type { Protocol } from './request';

export interface ServiceResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Clients retry neither this status nor this code. */
const STATUS = 501;
const CODE = 'NotImplemented';

export function errorResponse(protocol: Protocol, message: string): ServiceResponse {
  const requestId = randomUUID();
  const error = `<Code>${CODE}</Code><Message>${escapeXml(message)}</Message>`;
  const id = `<RequestId>${requestId}</RequestId>`;
  switch (protocol) {
    case 'json':
      return json('application/x-amz-json-1.1', { __type: CODE, message });
    case 'rest-json':
      return json('application/json', { message });
    case 'cbor': {
      const body = cborMap({ __type: CODE, message });
      return {
        status: STATUS,
        headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
        body,
      };
    }
    case 's3':
      return xml(STATUS, `<Error>${error}${id}</Error>`);
    case 'ec2':
      return xml(
        STATUS,
        `<Response><Errors><Error>${error}</Error></Errors><RequestID>${requestId}</RequestID></Response>`,
      );
    case 'query':
    case 'rest-xml':
      return xml(STATUS, `<ErrorResponse><Error><Type>Receiver</Type>${error}</Error>${id}</ErrorResponse>`);
  }
}

export function xml(status: number, document: string): ServiceResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body: `<?xml version="1.0"?>\n${document}` };
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function json(type: string, body: object): ServiceResponse {
  return { status: STATUS, headers: { 'content-type': type, 'x-amzn-errortype': CODE }, body: JSON.stringify(body) };
}

/** Encodes a map of at most 23 texts (RFC 8949: major types 5 and 3). */
function cborMap(values: Readonly<Record<string, string>>): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    const length = Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]);
    return [length, bytes];
  };
  const entries = Object.entries(values);
  return Buffer.concat([Buffer.from([0xa0 + entries.length]), ...entries.flat().flatMap(text)]);
}
