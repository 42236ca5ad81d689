/** Checks the routes with an operation. */
import { pathParameters } from '../../function/contract/model';
import type { ContractFacts } from './contract-facts';
import { describe } from './describe';
import { checkList } from './list';
import { isBoolean, type Place } from './place';
import { checkRouteOptions, ROUTE_OPTIONS } from './route-options';
import type { RoutePlace } from './routes';
import { didYouMean } from './suggest';

interface OperationRules {
  /** Keywords beside `operation` and those of every route. */
  readonly keywords: readonly string[];
  readonly methods: readonly string[];
  /** Whether the path must name an item. */
  readonly namesItem?: true;
}

const OPERATIONS: Readonly<Record<string, OperationRules>> = {
  create: { keywords: ['idempotency'], methods: ['POST', 'PUT'] },
  read: { keywords: ['consistent'], methods: ['GET'], namesItem: true },
  replace: { keywords: ['create', 'ifMatch'], methods: ['PUT', 'POST'], namesItem: true },
  update: { keywords: ['ifMatch'], methods: ['PATCH', 'POST'], namesItem: true },
  delete: { keywords: ['ifMatch'], methods: ['DELETE', 'POST'], namesItem: true },
  list: { keywords: ['index', 'scan', 'filters', 'order', 'limit'], methods: ['GET'] },
  increment: { keywords: ['field', 'by'], methods: ['POST', 'PATCH'], namesItem: true },
  put: { keywords: [], methods: ['PUT', 'POST'] },
};

const NAMES = Object.keys(OPERATIONS);
const TUTORIAL = ['put', 'read', 'list', 'delete'];
/** Keywords that the tutorial's operations do not support. */
const NOT_IN_TUTORIAL = ['consistent', 'ifMatch', 'index', 'filters', 'order', 'limit'];

/** Maximum fields of an item that one write sets. More do not fit DynamoDB's maximum for an expression, 4 KB. */
const MAX_WRITTEN_FIELDS = 250;

export function checkOperation(route: RoutePlace, facts: ContractFacts): void {
  const { place } = route;
  const operation = place.field('operation');
  const [name, rules] = Object.entries(OPERATIONS).find(([known]) => known === operation.value) ?? [];
  if (name === undefined || !rules) {
    const hint = typeof operation.value === 'string' ? didYouMean(operation.value, NAMES) : '';
    return operation.fault(`is ${describe(operation.value)}; known are ${NAMES.join(', ')}${hint}`);
  }
  place.allowOnly(['operation', ...rules.keywords, ...ROUTE_OPTIONS], `the operation ${name}`);
  checkRouteOptions(place);
  checkMethod(route, name, rules.methods);
  checkTutorial(place, name, facts);
  checkCaller(route, facts);
  if (name === 'list') return checkList(route, facts);
  checkOptions(place, name, facts);
  checkParameters(route, rules, facts);
}

function checkMethod({ place, method }: RoutePlace, name: string, methods: readonly string[]): void {
  if (methods.includes(method)) return;
  const reason = method === 'GET' ? `, which clients and caches may repeat; ${name} writes` : '';
  place.fault(`has the method ${method}${reason}. Use ${methods.join(' or ')} for ${name}`);
}

function checkTutorial(place: Place, name: string, { isTutorial }: ContractFacts): void {
  const operation = place.field('operation');
  if (!isTutorial) {
    if (name === 'put') operation.fault('is put, which only contracts with answers have; use create or replace');
    return;
  }
  if (!TUTORIAL.includes(name))
    operation.fault(`is ${name}; contracts with answers have ${TUTORIAL.join(', ')}. Leave answers out`);
  for (const keyword of NOT_IN_TUTORIAL) {
    if (place.has(keyword)) place.field(keyword).fault('is not possible in contracts with answers; leave it out');
  }
}

/** Reports a route without tokens in a contract with a claim, because the claim comes from the caller's token. */
function checkCaller({ place }: RoutePlace, { auth, fields }: ContractFacts): void {
  const kind = auth.ofRoute(place);
  const [field] = fields.ofKind('claim');
  if (kind === undefined || field === undefined || ['jwt', 'cognito', 'authorizer'].includes(kind)) return;
  place
    .field('auth')
    .fault(`is '${kind}', but ${field} is a claim of the caller's token; use 'jwt', 'cognito' or an authorizer`);
}

function checkOptions(place: Place, name: string, { fields, key }: ContractFacts): void {
  const [version] = fields.ofKind('version');
  const { keywords = [] } = OPERATIONS[name] ?? {};
  place.optional('idempotency', 'true or false', isBoolean);
  const [createdAt] = fields.ofKind('createdAt');
  if (place.has('idempotency') && createdAt !== undefined && key?.includes(createdAt)) {
    place
      .field('idempotency')
      .fault(
        `is not possible: the key contains ${createdAt}, which differs in a repeated request. Use another key, or leave it out`,
      );
  }
  place.optional('consistent', 'true or false', isBoolean);
  place.optional('create', 'true or false', isBoolean);
  const isIfMatch = place.optional(
    'ifMatch',
    "'required', or absent where it is optional",
    (value) => value === 'required',
  );
  if (place.has('ifMatch') && isIfMatch && keywords.includes('ifMatch') && version === undefined) {
    place.field('ifMatch').fault("requires a version; add to managed: version: 'version'");
  }
  if (name === 'update' && version === undefined) {
    place.fault(
      "requires a version, without which one of two concurrent updates is lost; add to managed: version: 'version'",
    );
  }
  if ((name === 'replace' || name === 'update') && fields.names.length > MAX_WRITTEN_FIELDS) {
    place.fault(
      `writes the item's ${fields.names.length} fields with one DynamoDB expression, which can hold ${MAX_WRITTEN_FIELDS}; group fields in objects`,
    );
  }
  if (name !== 'increment') return;
  place.required('by', 'a whole number other than 0', (value) => Number.isSafeInteger(value) && value !== 0);
  const counters = fields.ofKind('counter');
  place.required('field', `a managed counter; counters are ${counters.join(', ') || 'none'}`, (value) =>
    counters.includes(value as string),
  );
}

function checkParameters(route: RoutePlace, { namesItem }: OperationRules, { fields, key }: ContractFacts): void {
  const { place, path } = route;
  const parameters = pathParameters(path);
  for (const name of parameters) {
    const hint = didYouMean(name, fields.names);
    if (!fields.names.includes(name)) place.fault(`has the parameter {${name}}, which is no field of the item${hint}`);
    else if (namesItem && key && !key.includes(name)) {
      place.fault(`has the parameter {${name}}, which is not part of the key, so it would have no effect`);
    } else if (!namesItem && fields.kinds.has(name)) {
      place.fault(
        `has the parameter {${name}}, which is a managed field; the server sets it, so leave it out of the path`,
      );
    }
  }
  const claims = fields.ofKind('claim');
  const missing = (key ?? []).filter((name) => !parameters.includes(name) && !claims.includes(name));
  if (namesItem && missing.length > 0) {
    place.fault(`does not say which item: its path lacks ${missing.map((name) => `{${name}}`).join(' and ')}`);
  }
}
