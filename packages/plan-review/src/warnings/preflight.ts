/**
 * Recognizes the routes of a REST API that answer preflight requests of browsers: methods OPTIONS with a mock integration. Such a
 * route must be open, because browsers send no credentials with a preflight request, and a mock integration invokes nothing
 * (API Gateway developer guide, "CORS for REST APIs").
 */
import { type Change, configurationAddress, moduleInstance, type Plan } from '../model/plan';
import { attribute, isEmpty, UNKNOWN } from '../model/value';
import { name, rule, text, value } from './warning';

const METHOD_TYPE = 'aws_api_gateway_method';
const INTEGRATION_TYPE = 'aws_api_gateway_integration';
const OPTIONS = 'OPTIONS';
const MOCK = 'MOCK';

/** The attributes that say to which method an integration belongs. */
const KEYS = ['rest_api_id', 'resource_id', 'http_method'] as const;

/** Whether an integration belongs to a method. `unknown`: the plan does not say it. */
type Belongs = 'yes' | 'no' | 'unknown';

/**
 * Whether a method answers preflight requests after the apply. An integration of the plan must belong to it, and each integration
 * that can belong to it must be a mock. An integration that the plan does not change is not in the plan, so it proves nothing.
 */
export function isPreflight(method: Change, plan: Plan): boolean {
  if (method.type !== METHOD_TYPE || attribute(method.after, 'http_method') !== OPTIONS) return false;
  const candidates = changesOfType(INTEGRATION_TYPE, plan)
    .map((integration) => ({ integration, belongs: belongsTo(integration, method, plan) }))
    .filter(({ belongs }) => belongs !== 'no');
  return (
    candidates.some(({ belongs }) => belongs === 'yes') &&
    candidates.every(({ integration }) => attribute(integration.after, 'type') === MOCK)
  );
}

/** Warns of a method OPTIONS that exists already, and that no longer only answers preflight requests. */
export const preflightRule = rule('access', (change, plan) => {
  const { type, action, before, after } = change;
  if (type !== INTEGRATION_TYPE || after === null || action === 'none') return [];
  const [oldType, newType] = [before, after].map((side) => attribute(side, 'type'));
  if (newType === MOCK || attribute(after, 'http_method') !== OPTIONS) return [];
  const now = text`${name('type')} ${value(newType, ['type'])}`;
  if (oldType === MOCK) return [text`no longer only answers preflight requests: ${now} instead of ${name(MOCK)}`];
  if (action !== 'create') return [];
  // A route that the plan creates causes its own warning.
  const isNew = changesOfType(METHOD_TYPE, plan).some(
    (method) => method.action === 'create' && belongsTo(change, method, plan) !== 'no',
  );
  return isNew ? [] : [text`is a new integration of an existing route ${name(OPTIONS)}: ${now}`];
});

const changesByPlan = new WeakMap<Plan, Map<string, readonly Change[]>>();

/** The changes of resources that exist after the apply. */
function changesOfType(wanted: string, plan: Plan): readonly Change[] {
  const byType = changesByPlan.get(plan) ?? new Map<string, readonly Change[]>();
  changesByPlan.set(plan, byType);
  const known = byType.get(wanted);
  if (known) return known;
  const found = plan.changes.filter(({ type, after }) => type === wanted && after !== null);
  byType.set(wanted, found);
  return found;
}

function belongsTo(integration: Change, method: Change, plan: Plan): Belongs {
  const parts = KEYS.map((part) => compare(part, integration, method, plan));
  if (parts.includes('no')) return 'no';
  return parts.every((part) => part === 'yes') ? 'yes' : 'unknown';
}

function compare(part: (typeof KEYS)[number], integration: Change, method: Change, plan: Plan): Belongs {
  const [a, b] = [attribute(integration.after, part), attribute(method.after, part)];
  if (isEmpty(a) || isEmpty(b)) return 'unknown';
  if (a !== UNKNOWN && b !== UNKNOWN) return a === b ? 'yes' : 'no';
  if (a !== b) return 'unknown';
  const [ofIntegration, ofMethod] = [integration, method].map((change) => idReference(part, change, plan));
  return ofIntegration !== undefined && ofIntegration === ofMethod ? 'yes' : 'unknown';
}

/**
 * The id that an unknown attribute is, for example `aws_api_gateway_resource.items.id` in a module instance.
 * @returns undefined when the attribute can have another value
 */
function idReference(part: string, { address }: Change, plan: Plan): string | undefined {
  const [reference, resource, ...others] = plan.references[configurationAddress(address)]?.[part] ?? [];
  // Terraform lists the attribute, and then its resource.
  if (reference === undefined || resource === undefined || others.length > 0) return undefined;
  const isId = [`${resource}.id`, `${resource}.root_resource_id`].includes(reference);
  return isId ? `${moduleInstance(address)} ${reference}` : undefined;
}
