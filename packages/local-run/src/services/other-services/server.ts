/**
 * Answers the calls of functions to AWS services other than DynamoDB with errors of the called service. Without this server, the
 * calls would go to AWS, with credentials that AWS does not know.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AwsCall } from '../../model/aws-call';
import { readCaller } from '../iam/credentials';
import { callerIdentity } from './caller-identity';
import { requestedAction } from './request';
import { errorResponse } from './response';

/** The name of an action is at the start of the body. */
const MAX_READ_BYTES = 16 * 1024;

export interface OtherServices {
  /** For AWS_ENDPOINT_URL of functions. */
  readonly url: string;
  stop(): Promise<void>;
}

/** @param onCall called with each call that is answered with an error, without repetitions by the client */
export async function startOtherServices(onCall: (call: AwsCall) => void): Promise<OtherServices> {
  const server = createServer((incoming, outgoing) => {
    void readStart(incoming).then((body) => {
      const { method = '', url = '/', headers } = incoming;
      const { service, action, protocol } = requestedAction({ method, url, headers, body });
      const caller = readCaller(String(headers['x-amz-security-token'] ?? ''));
      const identity = service === 'sts' && action === 'GetCallerIdentity' ? callerIdentity(caller) : undefined;
      if (!identity && !isRetry(headers['amz-sdk-request'])) {
        onCall({ service, action, functionName: caller?.functionName ?? '', roleArn: caller?.roleArn ?? '' });
      }
      const message =
        `The local run does not simulate ${service}:${action}. ` +
        'Start it with --aws-endpoint URL to send such calls to an emulator.';
      const response = identity ?? errorResponse(protocol, message);
      outgoing.writeHead(response.status, response.headers).end(response.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Reads the whole body, and returns its start. */
async function readStart(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      if (bytes < MAX_READ_BYTES) chunks.push(chunk);
      bytes += chunk.length;
    }
  } catch {
    // The function closed the connection.
  }
  return Buffer.concat(chunks).toString();
}

/** SDKs number their attempts: `attempt=2; max=3`. */
function isRetry(header: string | string[] | undefined): boolean {
  return /attempt=(?!1\b)/.test(String(header ?? ''));
}
