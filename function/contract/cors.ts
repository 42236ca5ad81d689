/** Headers of CORS that the stack and the functions of a REST API have in common. */

/** Response headers that operations send. A page of another origin can read them only when CORS exposes them. */
export const EXPOSED_HEADERS = ['accept-patch', 'etag', 'idempotent-replayed', 'location', 'retry-after'] as const;
