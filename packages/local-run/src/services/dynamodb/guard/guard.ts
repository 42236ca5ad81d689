/** The HTTP server in front of DynamoDB: authorizes each call, forwards it or answers with an error, and reports it. */
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { DynamodbCall } from '../../../model/dynamodb-call';
import { foreignReason } from '../foreign-request';
import { Authorizer } from './authorizer';
import type { GuardRules } from './rules';

/** The DynamoDB behind the guard. */
export interface Backend {
  /** Whether it has an operation. The guard refuses the others. */
  hasOperation(operation: string): boolean;
  /** Answers a call. The caller has already read the body. */
  answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void;
}

/** DynamoDB accepts request bodies up to 16 MB. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** The SDK reuses connections. If the guard closed an idle connection early, it could break a call that the SDK is sending. */
const KEEP_ALIVE_TIMEOUT_MS = 120_000;

export interface Guard {
  readonly server: Server;
  /** Replaces the rules for later calls. */
  setRules(rules: GuardRules): void;
}

/**
 * Creates the server; the caller starts it.
 * @param report called with each call, before the guard sends the response
 */
export function createGuard(
  runKey: string,
  rules: GuardRules,
  backend: Backend,
  report: (call: DynamodbCall) => void,
): Guard {
  const authorizer = new Authorizer(runKey, (operation) => backend.hasOperation(operation));
  authorizer.setRules(rules);
  const server = createServer({ ServerResponse: ReportingResponse }, (request, response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.once('end', () => serve(request, response, Buffer.concat(chunks), bytes > MAX_BODY_BYTES));
  });
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;

  /** @param isTooLarge whether the request's body exceeds the maximum; `body` is then incomplete */
  function serve(request: IncomingMessage, response: ReportingResponse, body: Buffer, isTooLarge: boolean): void {
    const startedAt = performance.now();
    const { method = '', url = '', headers } = request;
    const foreign = foreignReason(headers);
    const { session, error, ...verdict } =
      foreign !== undefined
        ? authorizer.refuseForeign(headers, foreign)
        : isTooLarge
          ? authorizer.refuseLargeBody(headers)
          : authorizer.authorize({ method, url, headers, body });
    const { accessKeyId = '', functionName = '', roleArn = '' } = session ?? {};
    response.reportStatus((status) => {
      const milliseconds = performance.now() - startedAt;
      report({ accessKeyId, functionName, roleArn, ...verdict, status, milliseconds });
    });
    if (!error) return backend.answer(request, response, body);
    response.writeHead(error.status, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(error.body),
    });
    response.end(error.body);
  }

  return { server, setRules: (changed) => authorizer.setRules(changed) };
}

/** A response that reports its status before it sends the first byte. */
class ReportingResponse<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
  private report: ((status: number) => void) | undefined;

  /** @param report called once; the status is 0 when the connection ends without a response */
  reportStatus(report: (status: number) => void): void {
    this.report = report;
    // Reports 0 if the connection closes before a response, for example because the function closes it.
    this.once('close', () => this.reportOnce(0));
  }

  /** Node.js calls this method for implicit headers, too. */
  override writeHead(status: number, ...rest: unknown[]): this {
    this.reportOnce(status);
    return super.writeHead(status, ...(rest as []));
  }

  /** The backend calls this method when it cannot answer. */
  override destroy(error?: Error): this {
    this.reportOnce(0);
    return super.destroy(error);
  }

  private reportOnce(status: number): void {
    const { report } = this;
    this.report = undefined;
    report?.(status);
  }
}
