/** Serves the requests of HTTP APIs and REST APIs: calls the service and makes the response. */
import { toJson } from './json';
import { runLogged } from './outcome';

/** A request, independent of the payload format. */
export interface Request {
  /** API Gateway's id of the request. The log line and a problem contain it. */
  readonly id: string;
  /** Method and path of the route: `GET /items/{id}`. */
  readonly routeKey: string;
  /** The path of the URL, with the stage or the base path of a custom domain: `/prod/items/1`. */
  readonly urlPath: string;
  /** Path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Query parameters, decoded. The values of a repeated parameter are joined by commas. */
  readonly query: Readonly<Record<string, string>>;
  /** Headers by their names in lower case. The values of a repeated header are joined by commas. */
  readonly headers: Readonly<Partial<Record<string, string>>>;
  /** Claims of a token that the gateway checked, or the context that an authorizer function returned. */
  readonly claims: Readonly<Partial<Record<string, string>>>;
  /** Undefined when no body was sent, null when it is not UTF-8. */
  readonly body: string | null | undefined;
}

/** Headers of an answer. An array sends the header once for each value: several cookies, for example. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

/** The answer of a service to a request. */
export interface Answer {
  readonly status: number;
  /** @default none */
  readonly headers?: AnswerHeaders;
  /**
   * Sent as JSON. A string is sent unchanged if `headers` has a content type other than JSON, for example `text/html`. A
   * Uint8Array is sent as bytes.
   * @default the response has neither a body nor a content type
   */
  readonly body?: unknown;
}

export interface Response {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string | undefined;
  /** Whether the body is base64, which API Gateway decodes. @default false */
  readonly isBase64Encoded?: boolean;
}

/**
 * Answers a request.
 * @throws Problem to answer with a problem
 */
export type Service = (request: Request) => Promise<Answer>;

const JSON_TYPE = 'application/json';

const BYTES_TYPE = 'application/octet-stream';

/** Answers a request. An error of the service becomes a problem. */
export async function serve(request: Request, service: Service): Promise<Response> {
  const outcome = await runLogged(
    request.id,
    request.routeKey,
    async () => responseOf(await service(request)),
    ({ status }) => status,
  );
  if ('value' in outcome) return outcome.value;
  const { problem } = outcome;
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...problem.headers },
    body: JSON.stringify(problem.toBody(request.id)),
  };
}

function responseOf({ status, headers = {}, body }: Answer): Response {
  if (body === undefined) return { status, headers, body: undefined };
  const type = contentType(headers);
  if (typeof body === 'string' && type !== undefined && !/\bjson\b/i.test(type)) return { status, headers, body };
  const isBase64Encoded = body instanceof Uint8Array;
  const defaultType = isBase64Encoded ? BYTES_TYPE : JSON_TYPE;
  return {
    status,
    headers: type === undefined ? { 'content-type': defaultType, ...headers } : headers,
    body: isBase64Encoded ? Buffer.from(body).toString('base64') : toJson(body),
    isBase64Encoded,
  };
}

function contentType(headers: AnswerHeaders): string | undefined {
  for (const name in headers) if (name.toLowerCase() === 'content-type') return String(headers[name]);
  return undefined;
}
