/** Headers of CORS that the stack and the functions of a REST API have in common. */

/** Response headers that operations send. A page of another origin can read them only when CORS exposes them. */
export const EXPOSED_HEADERS = ['accept-patch', 'etag', 'idempotent-replayed', 'location', 'retry-after'] as const;

/** Environment variable with the origins, with commas between them. The stack sets it on the functions of a REST API with CORS. */
export const ORIGINS_VARIABLE = 'CORS_ORIGINS';

/** Environment variable that is `true` when pages may send credentials. */
export const CREDENTIALS_VARIABLE = 'CORS_CREDENTIALS';
