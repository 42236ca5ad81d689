/** Finds the changes of an OpenAPI document that break callers. */
import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../constructs/openapi/json';
import { type Findings, shown } from './finding';
import { shapeOf } from './routes';
import { compareSchemas, resolve } from './schemas';

interface Documents {
  readonly before: Json;
  readonly after: Json;
}

type Named = Readonly<Record<string, Json>>;

export function compareDocuments(documents: Documents, findings: Findings): void {
  const { before, after } = documents;
  for (const [path, operations] of Object.entries(before['paths'] as Readonly<Record<string, Named>>)) {
    for (const [method, old] of Object.entries(operations)) {
      const place = `${method.toUpperCase()} ${path}`;
      const now = findOperation(after, path, method);
      if (!now) findings.add(place, 'is gone');
      else compareOperations(old, now, documents, place, findings);
    }
  }
}

/** Finds the operation of a path. Path parameters may have new names. */
function findOperation(document: Json, path: string, method: string): Json | undefined {
  const paths = Object.entries(document['paths'] as Readonly<Record<string, Named>>);
  return paths.find(([other]) => shapeOf(other) === shapeOf(path))?.[1][method];
}

function compareOperations(old: Json, now: Json, documents: Documents, place: string, findings: Findings): void {
  compareSecurity(old, now, documents, place, findings);
  compareParameters(old, now, documents, place, findings);
  compareBodies(old, now, documents, place, findings);
  compareResponses(old, now, documents, place, findings);
}

/** Checks that all credentials that callers could use are still accepted. */
function compareSecurity(old: Json, now: Json, documents: Documents, place: string, findings: Findings): void {
  const [was, is] = [securityOf(old), securityOf(now)];
  const isAccepted = (credentials: SecurityRequirement) =>
    is.some((needed) =>
      Object.entries(needed).every(([scheme, scopes]) => {
        const granted = credentials[scheme];
        return scopes.every((scope) => granted?.includes(scope)) && granted !== undefined;
      }),
    );
  if (is.length > 0 && (was.length === 0 || !was.every(isAccepted))) {
    findings.add(place, `requires ${shown(is)}, required ${was.length === 0 ? 'nothing' : shown(was)}`);
  }
  // The description has the issuer and the audience. compareTokens compares them.
  const schemeOf = (document: Json, name: string) => {
    const scheme = (document['components'] as { securitySchemes?: Named }).securitySchemes?.[name];
    return scheme && { ...scheme, description: undefined };
  };
  for (const name of new Set(is.flatMap((requirement) => Object.keys(requirement)))) {
    const [scheme, next] = [schemeOf(documents.before, name), schemeOf(documents.after, name)];
    if (scheme && !isDeepStrictEqual(scheme, next))
      findings.add(`auth ${name}`, `is ${shown(next)}, was ${shown(scheme)}`);
  }
}

type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

function securityOf(operation: Json): readonly SecurityRequirement[] {
  return (operation['security'] ?? []) as readonly SecurityRequirement[];
}

interface Parameter extends Json {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Json;
}

function compareParameters(
  old: Json,
  now: Json,
  { before, after }: Documents,
  place: string,
  findings: Findings,
): void {
  const [was, is] = [parametersOf(old), parametersOf(now)];
  for (const [key, parameter] of was) {
    const next = is.get(key);
    const where = `${place}, ${parameter.in} ${parameter.name}`;
    if (!next) {
      findings.add(where, 'is refused now');
      continue;
    }
    if (next.required === true && parameter.required !== true) findings.add(where, 'is required now');
    if (next['style'] !== parameter['style'])
      findings.add(where, `has the style ${shown(next['style'])}, was ${shown(parameter['style'])}`);
    const located = { schema: next.schema, document: after };
    compareSchemas({ schema: parameter.schema, document: before }, located, 'sent', where, findings);
  }
  for (const [key, { in: location, name, required }] of is) {
    if (required === true && !was.has(key)) findings.add(`${place}, ${location} ${name}`, 'is required now');
  }
}

/** Maps path parameters by their position, and other parameters by their name. */
function parametersOf(operation: Json): ReadonlyMap<string, Parameter> {
  const parameters = (operation['parameters'] ?? []) as readonly Parameter[];
  let position = 0;
  return new Map(
    parameters.map((parameter) => [
      parameter.in === 'path' ? `path ${(position += 1)}` : `${parameter.in} ${parameter.name.toLowerCase()}`,
      parameter,
    ]),
  );
}

function compareBodies(old: Json, now: Json, { before, after }: Documents, place: string, findings: Findings): void {
  const [was, is] = [contentOf(old['requestBody']), contentOf(now['requestBody'])];
  if (is && !was) findings.add(place, 'requires a body now');
  if (was && !is) findings.add(place, 'refuses a body now');
  if (!was || !is) return;
  for (const [type, { schema }] of Object.entries(was)) {
    const next = is[type];
    if (!next) findings.add(place, `refuses bodies of the type ${type} now`);
    else {
      const located = { schema: (next['schema'] ?? {}) as Json, document: after };
      compareSchemas({ schema: (schema ?? {}) as Json, document: before }, located, 'sent', `${place}, body`, findings);
    }
  }
}

function compareResponses(old: Json, now: Json, { before, after }: Documents, place: string, findings: Findings): void {
  const [was, is] = [old['responses'] as Named, now['responses'] as Named];
  for (const [status, reference] of Object.entries(was).filter(([code]) => isSuccess(code))) {
    const next = is[status];
    const where = `${place}, ${status}`;
    if (!next) {
      findings.add(place, `does not answer ${status} any more`);
      continue;
    }
    const [response, nextResponse] = [resolve(reference, before), resolve(next, after)];
    const content = contentOf(nextResponse);
    for (const [type, { schema }] of Object.entries(contentOf(response) ?? {})) {
      const media = content?.[type];
      if (!media) findings.add(where, `has no body of the type ${type} any more`);
      else {
        const located = { schema: (media['schema'] ?? {}) as Json, document: after };
        compareSchemas(
          { schema: (schema ?? {}) as Json, document: before },
          located,
          'answered',
          `${where} body`,
          findings,
        );
      }
    }
    for (const name of Object.keys(response['headers'] ?? {})) {
      if (!(name in ((nextResponse['headers'] ?? {}) as Json))) findings.add(where, `has no header ${name} any more`);
    }
  }
  for (const status of Object.keys(is)) {
    if (isSuccess(status) && !(status in was)) findings.add(place, `may answer ${status} now`);
  }
}

/** Whether callers depend on the exact status. For errors, they need only the class: 4xx or 5xx. */
function isSuccess(status: string): boolean {
  return status < '400';
}

function contentOf(value: unknown): Named | undefined {
  return ((value ?? {}) as { content?: Named }).content;
}
