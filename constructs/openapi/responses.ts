/** Makes responses that operations share: problems, errors of API Gateway, and headers. */
import { content, type Json, only, ref } from './json';

/** Problem details (RFC 9457), as function/http/problem.ts writes them. */
const PROBLEM_DETAILS: Json = {
  type: 'object',
  description: 'What was wrong with the request, and how to correct it (RFC 9457).',
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'The name of the status.' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      description: 'The faults of the input, at most 20.',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string', description: 'The field or parameter at fault; `body` for the body as a whole.' },
          message: { type: 'string' },
        },
        required: ['path', 'message'],
      },
    },
    requestId: { type: 'string', description: 'The id of the request in the log.' },
  },
  required: ['type', 'title', 'status', 'detail', 'requestId'],
};

/** The body of API Gateway's answer when it does not invoke the function. */
const GATEWAY_ERROR: Json = {
  type: 'object',
  description: 'An error that API Gateway answered.',
  properties: { message: { type: ['string', 'null'] } },
};

interface ErrorResponse {
  readonly name: string;
  readonly description: string;
  /** Who sends this response: the function, API Gateway, or both. */
  readonly from: readonly ('function' | 'gateway')[];
  readonly headers?: Json;
}

const ERRORS: Readonly<Record<number | 'default', ErrorResponse>> = {
  400: {
    name: 'BadRequest',
    description: 'The request has faults. `errors` lists them.',
    from: ['function', 'gateway'],
  },
  401: { name: 'Unauthorized', description: 'The credentials are missing, expired or not valid.', from: ['gateway'] },
  403: { name: 'Forbidden', description: 'The credentials do not allow this request.', from: ['function', 'gateway'] },
  404: { name: 'NotFound', description: 'There is no such item.', from: ['function', 'gateway'] },
  409: { name: 'Conflict', description: 'There is already an item with this key.', from: ['function'] },
  412: {
    name: 'PreconditionFailed',
    description: 'The item does not meet the precondition: it was changed, created or deleted.',
    from: ['function'],
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body has another content type than the route takes.',
    from: ['function'],
    headers: { 'Accept-Patch': { description: 'The content type of a patch.', schema: { type: 'string' } } },
  },
  422: {
    name: 'IdempotencyKeyReused',
    description: 'The Idempotency-Key was sent before, with another body.',
    from: ['function'],
  },
  428: { name: 'PreconditionRequired', description: 'The header If-Match is missing.', from: ['function'] },
  429: {
    name: 'TooManyRequests',
    description: 'The route gets more requests than its limit allows. Send the request again later.',
    from: ['gateway'],
  },
  default: {
    name: 'Error',
    description: 'Any other error: 413 for a large item, 429 and 503 for a request that may be sent again later, 500.',
    from: ['function', 'gateway'],
    headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'string' } } },
  },
};

/** Makes references to the responses of these statuses, and to the response of all other errors. */
export function errorResponses(statuses: readonly number[]): Json {
  const known = statuses.filter((status) => status in ERRORS).map((status) => [status, ERRORS[status]] as const);
  const all = [...known, ['default', ERRORS.default] as const];
  return Object.fromEntries(all.map(([status, error]) => [status, ref('responses', error?.name ?? '')]));
}

/** Makes a response with problem details that a contract declares. */
export function problemResponse(description: string): Json {
  return { description, content: content(ref('schemas', 'ProblemDetails'), 'application/problem+json') };
}

/** Makes the components of the error responses that `paths` refers to. */
export function errorComponents(paths: Json): { readonly responses: Json; readonly schemas: Json } {
  const text = JSON.stringify(paths);
  const used = Object.values(ERRORS).filter(({ name }) => text.includes(`"#/components/responses/${name}"`));
  const responses = used.map(({ name, description, from, headers }) => {
    const body = {
      ...only(from.includes('function'), content(ref('schemas', 'ProblemDetails'), 'application/problem+json')),
      ...only(from.includes('gateway'), content(ref('schemas', 'GatewayError'))),
    };
    return [name, { description, ...only(headers, { headers }), content: body }] as const;
  });
  return {
    responses: Object.fromEntries(responses),
    schemas: { ProblemDetails: PROBLEM_DETAILS, GatewayError: GATEWAY_ERROR },
  };
}

export const ETAG_HEADER: Json = {
  ETag: {
    description: 'The version of the item, for If-Match and If-None-Match.',
    required: true,
    schema: { type: 'string', examples: ['"1-mbyd4qk0"'] },
  },
};

export const LOCATION_HEADER: Json = {
  Location: {
    description: 'The path of the item.',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  },
};

export const REPLAYED_HEADER: Json = {
  'Idempotent-Replayed': {
    description: 'Sent when an earlier request with this Idempotency-Key created the item.',
    schema: { type: 'string', enum: ['true'] },
  },
};
