/** Reads parameter mappings of HTTP APIs (API Gateway developer guide, "Transform API requests and responses for HTTP APIs"). */
import type { HttpRouteDeployment, MappingVariable, ParameterMapping } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import { NotSimulatedError } from '../../model/not-simulated';
import type { Attributes, Resource } from './resource';
import { isUnknown } from './unknown';

type Side = 'request' | 'response';

const KEYS: Readonly<Record<Side, RegExp>> = {
  request: /^(?:(append|overwrite|remove):(header|querystring)\.(.+)|(overwrite):(path))$/,
  response: /^(?:(append|overwrite|remove):(header)\.(.+)|(overwrite):(statuscode))$/,
};

/** API Gateway refuses mappings of these headers (the same page, "Reserved headers"). */
const RESERVED = new RegExp(
  '^(access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|' +
    'keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers?|transfer-encoding|upgrade|x-amz-.*|' +
    'x-amzn-.*|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via)$',
);

/** Names of the groups and values that mappings can read, apart from `request` and `response`. */
const CONTEXT = new Set([
  ...['accountId', 'apiId', 'authorizer', 'domainName', 'domainPrefix', 'extendedRequestId', 'httpMethod', 'identity'],
  ...['path', 'protocol', 'requestId', 'requestTime', 'requestTimeEpoch', 'routeKey', 'stage'],
]);

/** A variable: `$request.header.x`, or in a text `${request.header.x}`. */
const VARIABLE = /^\$(?!\{)(.+)$|\$\{([^}]*)\}/s;

/** The rest of a path into a body: `.name`, `[0]` or `['name']`. */
const JSON_PATH = /\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/y;

/** @throws DeploymentError for mappings that API Gateway refuses. @throws NotSimulatedError for an unknown variable */
export function readParameterMappings(
  integration: Resource,
): Pick<HttpRouteDeployment, 'requestMappings' | 'responseMappings'> {
  const { request_parameters: request, response_parameters: responses = [] } = integration.attributes;
  const requestMappings = readMappings(integration, 'request', (request ?? {}) as Attributes);
  const byStatus = (responses as readonly Attributes[]).map(
    ({ status_code: status, mappings }) =>
      [String(status), readMappings(integration, 'response', (mappings ?? {}) as Attributes)] as const,
  );
  return {
    ...(requestMappings.length > 0 && { requestMappings }),
    ...(byStatus.length > 0 && { responseMappings: Object.fromEntries(byStatus) }),
  };
}

function readMappings({ address }: Resource, side: Side, mappings: Attributes): ParameterMapping[] {
  return Object.entries(mappings).map(([key, value]) => {
    const attribute = side === 'request' ? 'request_parameters' : 'response_parameters';
    const found = KEYS[side].exec(key);
    const [, operation = found?.[4], target = found?.[5], name = ''] = found ?? [];
    const lowerName = name.toLowerCase();
    if (operation === undefined || (target === 'header' && RESERVED.test(lowerName))) {
      const example = side === 'request' ? 'overwrite:header.x-tenant' : 'overwrite:statuscode';
      throw new DeploymentError(
        `${address}: API Gateway refuses the key ${JSON.stringify(key)} in ${attribute}. ` +
          `Use a key such as ${example}, and no reserved header.`,
      );
    }
    return {
      operation: operation as ParameterMapping['operation'],
      target: target as ParameterMapping['target'],
      name: target === 'header' ? lowerName : name,
      // API Gateway ignores the value.
      value: operation === 'remove' ? [] : readValue(address, `${attribute}.${key}`, side, value),
    };
  });
}

function readValue(address: string, attribute: string, side: Side, value: unknown): ParameterMapping['value'] {
  const refuse = (found: string) => {
    const supported = `texts, and variables such as $${side}.header.name, $context.requestId and \${stageVariables.name}`;
    return new NotSimulatedError([{ address, attribute, found, supported }]);
  };
  if (isUnknown(value)) throw refuse('a value that only AWS knows');
  const parts: (string | MappingVariable)[] = [];
  let rest = String(value);
  for (let match = VARIABLE.exec(rest); match; match = VARIABLE.exec(rest)) {
    const [text, whole, braced = ''] = match;
    const variable = readVariable(side, whole ?? braced);
    if (!variable) throw refuse(text);
    if (match.index > 0) parts.push(rest.slice(0, match.index));
    parts.push(variable);
    rest = rest.slice(match.index + text.length);
  }
  // Only variables in braces are replaced within a text. API Gateway does not document its result for a variable without braces.
  const [bare] = /\$(request|response|context|stageVariables)\b.*/s.exec(rest) ?? [];
  if (bare !== undefined) throw refuse(bare);
  return rest === '' ? parts : [...parts, rest];
}

function readVariable(side: Side, text: string): MappingVariable | undefined {
  const [, source, name = ''] = /^(request|response|context|stageVariables)\.(.+)$/s.exec(text) ?? [];
  if (source === 'stageVariables') return { from: 'stageVariable', keys: [name] };
  if (source === 'context') {
    const keys = contextKeys(name);
    return CONTEXT.has(keys[0] ?? '') ? { from: 'context', keys } : undefined;
  }
  return source === side ? readMessageVariable(side, name) : undefined;
}

function readMessageVariable(side: Side, text: string): MappingVariable | undefined {
  const [, place, name] = /^([a-z]+)(?:\.(.+))?$/s.exec(text.replace(/^body\[/, 'body.[')) ?? [];
  if (place === 'header' && name !== undefined) return { from: 'header', keys: [name.toLowerCase()] };
  if (place === 'body') return readBodyPath(name);
  if (side === 'response') return undefined;
  if (place === 'querystring' && name !== undefined) return { from: 'querystring', keys: [name] };
  if (place !== 'path') return undefined;
  return name === undefined ? { from: 'path', keys: [] } : { from: 'pathParameter', keys: [name] };
}

/** @param path `user.names[0]`. Undefined: the whole body */
function readBodyPath(path: string | undefined): MappingVariable | undefined {
  if (path === undefined) return { from: 'body', keys: [] };
  const keys: (string | number)[] = [];
  const text = path.startsWith('[') ? path : `.${path}`;
  JSON_PATH.lastIndex = 0;
  while (JSON_PATH.lastIndex < text.length) {
    const match = JSON_PATH.exec(text);
    if (!match) return undefined;
    const [, name, index, quoted] = match;
    keys.push(index === undefined ? (name ?? quoted ?? '') : Number(index));
  }
  return { from: 'body', keys };
}

/** Names of claims and of authorizers' values can have dots. */
function contextKeys(name: string): string[] {
  const [, claim] = /^authorizer\.claims\.(.+)$/s.exec(name) ?? [];
  if (claim !== undefined) return ['authorizer', 'claims', claim];
  const [group = '', ...others] = name.split('.');
  return others.length > 0 ? [group, others.join('.')] : [group];
}
