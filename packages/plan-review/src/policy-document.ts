/**
 * A policy that Terraform does not know yet, as far as its data source tells it. A policy made by `aws_iam_policy_document`
 * is unknown as a whole as soon as one ARN in it is: when a table is replaced, for example. The data source's arguments
 * stand in the plan, and in them everything but that ARN.
 */
import type { Change, Plan } from './model';
import { attribute, type Attributes, isEmpty, isList, isObject, UNKNOWN, type Value } from './value';

/** The values after the change, with policies in the place of those that are not known yet but have a data source. */
export function policiesResolved(plan: Plan, change: Change): Value {
  const { after } = change;
  if (!isObject(after)) return after;
  const references = plan.references[configured(change)] ?? {};
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [
      name,
      value === UNKNOWN ? (documentFor(plan, references[name] ?? []) ?? value) : value,
    ]),
  );
}

/**
 * What a policy is made from, and what its data sources are made from.
 * @returns nothing where the plan does not tell
 */
export function referencesOf(plan: Plan, change: Change, name: string): readonly string[] {
  const direct = plan.references[configured(change)]?.[name] ?? [];
  const [sources, others] = [true, false].map((data) =>
    direct.filter((reference) => reference.startsWith('data.aws_iam_policy_document.') === data),
  );
  const documents = (sources ?? []).flatMap((source) => Object.values(plan.references[source] ?? {}).flat());
  return [...(others ?? []), ...documents];
}

/** The address in the configuration: without the key of an instance. */
function configured({ address }: Change): string {
  return address.replace(/(\[[^\]]*\])?( \(deposed .*\))?$/, '');
}

function documentFor(plan: Plan, references: readonly string[]): Value | undefined {
  const sources = references.filter((reference) => /^data\.aws_iam_policy_document\.[\w-]+$/.test(reference));
  const others = references.filter((reference) => !sources.some((source) => reference.startsWith(source)));
  if (sources.length !== 1 || others.length > 0) return undefined;
  const read = plan.reads.find(({ address }) => address === sources[0]);
  return read && policyOf(read.after);
}

/** @returns undefined for a document that is put together from others */
function policyOf(document: Value): Value | undefined {
  const composed = ['source_json', 'override_json', 'source_policy_documents', 'override_policy_documents'];
  if (composed.some((name) => !isEmpty(attribute(document, name)))) return undefined;
  const statements = attribute(document, 'statement');
  if (!isList(statements) || !statements.every(isObject)) return undefined;
  // As the provider writes it.
  const version = attribute(document, 'version') ?? '2012-10-17';
  return { Statement: statements.map(statementOf), Version: version };
}

function statementOf(statement: Value): Value {
  const part = (name: string) => attribute(statement, name) ?? null;
  const parts: Record<string, Value> = {
    Action: single(part('actions')),
    Condition: conditionOf(part('condition')),
    Effect: part('effect') ?? 'Allow',
    NotAction: single(part('not_actions')),
    NotPrincipal: principalOf(part('not_principals')),
    NotResource: single(part('not_resources')),
    Principal: principalOf(part('principals')),
    Resource: single(part('resources')),
    Sid: part('sid'),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => !isEmpty(value)));
}

/** The provider writes one member without its list, and several from Z to A. */
function single(list: Value): Value {
  if (!isList(list)) return list;
  const sorted = list.every((member) => typeof member === 'string') ? [...list].sort().reverse() : list;
  return sorted.length === 1 ? (sorted[0] ?? null) : sorted;
}

function principalOf(blocks: Value): Value {
  if (!isList(blocks)) return blocks;
  const principals: Record<string, Value[]> = {};
  for (const block of blocks) {
    const [type, identifiers] = [attribute(block, 'type'), attribute(block, 'identifiers') ?? null];
    if (type === '*') return '*';
    if (typeof type === 'string')
      principals[type] = [...(principals[type] ?? []), ...(isList(identifiers) ? identifiers : [identifiers])];
  }
  return Object.fromEntries(Object.entries(principals).map(([type, list]) => [type, single(list)]));
}

function conditionOf(blocks: Value): Value {
  if (!isList(blocks)) return blocks;
  const conditions: Record<string, Attributes> = {};
  for (const block of blocks) {
    const [test, variable] = [attribute(block, 'test'), attribute(block, 'variable')];
    if (typeof test !== 'string' || typeof variable !== 'string') continue;
    conditions[test] = { ...conditions[test], [variable]: single(attribute(block, 'values') ?? null) };
  }
  return conditions;
}
