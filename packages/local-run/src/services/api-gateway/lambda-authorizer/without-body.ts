/** Removes the body from the event of a route. API Gateway does not send it to authorizers. */

const BODY_FIELDS = ['body', 'isBase64Encoded'];

export function withoutBody(event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(event).filter(([name]) => !BODY_FIELDS.includes(name)));
}
