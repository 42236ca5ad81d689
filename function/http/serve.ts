/** Serves the requests of HTTP APIs and REST APIs: calls the service and makes the response. */
import { toJson } from './json';
import { runLogged } from './outcome';

/** A request, independent of the payload format. */
export interface Request {
  /** API Gateway's id of the request. The log line and a problem contain it. */
  readonly id: string;
  /** Method and path of the route: `GET /items/{id}`. */
  readonly routeKey: string;
  /** Path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Query parameters, decoded. The values of a repeated parameter are joined by commas. */
  readonly query: Readonly<Record<string, string>>;
  /** Undefined when no body was sent, null when it is not UTF-8. */
  readonly body: string | null | undefined;
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Serves a request. The result becomes the JSON body of a response with status 200.
 * @throws Problem for all other statuses
 */
export type Service = (request: Request) => Promise<unknown>;

/** Answers a request. An error of the service becomes a problem. */
export async function serve(request: Request, service: Service): Promise<Response> {
  const outcome = await runLogged(request.id, request.routeKey, async () => toJson(await service(request)));
  if ('value' in outcome) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: outcome.value };
  }
  const { problem } = outcome;
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...problem.headers },
    body: JSON.stringify(problem.toBody(request.id)),
  };
}
