/** The docs page of a stack. Shows the stack's OpenAPI document in Swagger UI, and sends requests to the running API. */
import * as api from './api.js';
import { viewerDocument } from './viewer-document.js';

const stack = decodeURIComponent(location.pathname.split('/').at(-1));

const getDescription = async () => (await api.getStacks()).find((candidate) => candidate.stack === stack);

/** Sends a request through the console. So the API needs no CORS, and all headers of the response are readable. */
async function fetchThroughConsole(address, { url, method, headers, body }) {
  // A URL object would resolve the path segments `.` and `..`.
  const path = url.slice(new URL(url).origin.length);
  const answer = await api.send({ stack, api: address, method, path, headers, body });
  const { status } = answer;
  return new Response([204, 205, 304].includes(status) ? null : answer.body, { status, headers: answer.headers });
}

/** @returns the value to fill in for a security scheme; undefined when the user must provide it */
function credentialOf({ type, scheme, name }, { apiKey, token }) {
  if (type === 'http' && scheme === 'bearer') return token;
  return type === 'apiKey' && name.toLowerCase() === 'x-api-key' ? apiKey : undefined;
}

async function show() {
  const [spec, { documentedApi, credentials, routes }] = await Promise.all([api.getOpenApi(stack), getDescription()]);
  const ui = SwaggerUIBundle({
    dom_id: '#docs',
    spec: viewerDocument(
      spec,
      routes.filter((route) => route.api === documentedApi),
    ),
    deepLinking: true,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    // Swagger UI would send the document's URL to a service that validates documents.
    validatorUrl: null,
    requestInterceptor: (request) =>
      Object.assign(request, { userFetch: () => fetchThroughConsole(documentedApi, request) }),
    onComplete: () => {
      for (const [name, scheme] of Object.entries(spec.components?.securitySchemes ?? {})) {
        const value = credentialOf(scheme, credentials);
        if (value !== undefined) ui.preauthorizeApiKey(name, value);
      }
    },
  });
}

document.title = `${stack}: API docs`;
document.getElementById('document').href = `/openapi/${encodeURIComponent(stack)}.json`;
document.documentElement.classList.toggle('dark-mode', matchMedia('(prefers-color-scheme: dark)').matches);
show().catch((error) => (document.getElementById('problem').textContent = error.message));
