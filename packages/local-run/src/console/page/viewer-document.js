/** Adapts an OpenAPI document to Swagger UI. */

/**
 * @param document changed in place
 * @param routes the console's routes, which have example requests
 * @returns the document
 */
export function viewerDocument(document, routes) {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      omitSamples(operation.parameters ?? []);
      const sameMethod = routes.filter((route) => route.method.toLowerCase() === method);
      // Paths of a document omit the stage: `/prod/items` is `/items`.
      const route =
        sameMethod.find((candidate) => candidate.path === path) ??
        sameMethod.find((candidate) => candidate.path.replace(/^\/[^/]+/, '') === path);
      showRawBody(operation.requestBody?.content, route?.example.body);
    }
  }
  return document;
}

/** Sets the example `{}` for objects in the query. Without it, Swagger UI sends sample values of all their properties. */
function omitSamples(parameters) {
  for (const parameter of parameters) {
    if (parameter.schema?.type === 'object') parameter.example ??= {};
  }
}

/**
 * Describes a body of any media type as JSON, or as text if it has no example. Swagger UI shows no input field for a body
 * without a schema.
 * @param {string | undefined} example JSON
 */
function showRawBody(content, example) {
  if (content?.['*/*'] === undefined || content['*/*'].schema) return;
  delete content['*/*'];
  if (example === undefined) content['text/plain'] = { schema: { type: 'string' }, example: '' };
  else content['application/json'] = { schema: { type: 'object' }, example: JSON.parse(example) };
}
