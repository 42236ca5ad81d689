/** Serves one request, whichever gateway it came through: runs its service, and answers. */
import { toJson } from './json';
import { run } from './run';

/** A request, free of its gateway's payload format. */
export interface Request {
  /** The gateway's id of the request; it stands in the log and in every error answer. */
  readonly id: string;
  /** `GET /items/{id}` */
  readonly routeKey: string;
  /** Path parameters, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** Query parameters, decoded; one that stands more than once has its values joined by commas. */
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
 * What a system does with a request; the result is the JSON body of a 200.
 * @throws Problem for every other answer
 */
export type Service = (request: Request) => Promise<unknown>;

/** Answers a request, also when its service throws. */
export async function serve(request: Request, service: Service): Promise<Response> {
  const outcome = await run(request.id, request.routeKey, async () => toJson(await service(request)));
  if ('value' in outcome) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: outcome.value as string };
  }
  const { problem } = outcome;
  return {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...problem.headers },
    body: JSON.stringify(problem.toBody(request.id)),
  };
}
