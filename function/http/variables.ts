/** Environment variables that the stack sets and the functions read. */

/**
 * The name of a variable. It is a type, so it adds nothing to the code of functions.
 * - `MAX_BODY_BYTES`: maximum size of a request body. Without it, the maximum of the contract applies.
 * - `METRICS_NAMESPACE`: CloudWatch namespace of the metrics in the log lines. Without it, the functions write no metrics.
 * - `CORS_ORIGINS`: origins that CORS allows, with commas between them. Only functions of a REST API with CORS have it.
 * - `CORS_CREDENTIALS`: `true` when pages may send credentials.
 * - `TABLE_NAMES`: names of the tables that the function may use, with commas between them.
 * - `POWERTOOLS_SERVICE_NAME`: name of the API in the log lines.
 */
export type Variable =
  | 'MAX_BODY_BYTES'
  | 'METRICS_NAMESPACE'
  | 'CORS_ORIGINS'
  | 'CORS_CREDENTIALS'
  | 'TABLE_NAMES'
  | 'POWERTOOLS_SERVICE_NAME';
