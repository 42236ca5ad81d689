/**
 * Resolves a policy that Terraform does not know yet, from its data source. One unknown ARN, for example of a replaced
 * table, makes the whole text of an `aws_iam_policy_document` unknown. The plan still contains the data source's
 * arguments: every part of the policy except the ARN.
 */
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { attribute, type Attributes, isEmpty, isList, isObject, UNKNOWN, type Value } from '../model/value';

/** Returns the attributes after the change. Resolves an unknown policy if the plan contains its data source's arguments. */
export function resolvePolicies(plan: Plan, change: Change): Value {
  const { after } = change;
  if (!isObject(after)) return after;
  const references = plan.references[configurationAddress(change.address)] ?? {};
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [
      name,
      resolveInside(value, name, () => resolveDocument(plan, change, references[name] ?? [])),
    ]),
  );
}

/**
 * Lists the resources that a policy attribute refers to, directly or through its data sources.
 * @returns an empty list when the plan contains no references
 */
export function policyReferences(plan: Plan, change: Change, name: string): readonly string[] {
  const direct = plan.references[configurationAddress(change.address)]?.[name] ?? [];
  const isDocument = (reference: string) => /^(module\.[\w-]+\.)*data\.aws_iam_policy_document\./.test(reference);
  const indirect = direct.filter(isDocument).flatMap((source) => Object.values(plan.references[source] ?? {}).flat());
  return [...direct.filter((reference) => !isDocument(reference)), ...indirect];
}

/** Resolves an unknown attribute, or an unknown policy in its blocks. */
function resolveInside(value: Value, name: string, resolve: () => Value | undefined, depth = 0): Value {
  if (value === UNKNOWN) return (depth === 0 || name.includes('policy') ? resolve() : undefined) ?? value;
  if (isList(value)) return value.map((member) => resolveInside(member, name, resolve, depth + 1));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, part]) => [key, resolveInside(part, key, resolve, depth + 1)]);
  return Object.fromEntries(members) as Attributes;
}

/** A data source of the root module or of a module, without instance keys. */
const DOCUMENT = /^(module\.[\w-]+\.)*data\.aws_iam_policy_document\.[\w-]+$/;

/** Makes the policy of a document. @returns undefined unless one document is the only reference */
export function resolveDocument(plan: Plan, change: Change, references: readonly string[]): Value | undefined {
  const sources = references.filter((reference) => DOCUMENT.test(reference));
  const others = references.filter((reference) => !sources.some((source) => reference.startsWith(source)));
  const [source] = sources;
  if (source === undefined || new Set(sources).size !== 1 || others.length > 0) return undefined;
  const read = plan.index.readFor(change, source);
  return read && policyFromDocument(read.after);
}

/** @returns undefined for a document that includes other documents, or whose form is known only after the apply */
function policyFromDocument(document: Value): Value | undefined {
  const includes = ['source_json', 'override_json', 'source_policy_documents', 'override_policy_documents'];
  if (includes.some((name) => !isEmpty(attribute(document, name)))) return undefined;
  const statements = attribute(document, 'statement');
  if (!isList(statements) || !statements.every(hasKnownForm)) return undefined;
  // The provider's default version.
  const version = attribute(document, 'version') ?? '2012-10-17';
  return { Statement: statements.map(statementFromBlock), Version: version };
}

/** Whether the plan knows the effect of a statement, the types of its principals, and the tests of its conditions. */
function hasKnownForm(statement: Value): boolean {
  const blocks: readonly (readonly [name: string, keys: readonly string[]])[] = [
    ['principals', ['type']],
    ['not_principals', ['type']],
    ['condition', ['test', 'variable']],
  ];
  return (
    isObject(statement) &&
    attribute(statement, 'effect') !== UNKNOWN &&
    blocks.every(([name, keys]) => {
      const members = attribute(statement, name);
      return isEmpty(members) || (isList(members) && members.every((member) => hasTexts(member, keys)));
    })
  );
}

function hasTexts(block: Value, names: readonly string[]): boolean {
  return names.every((name) => typeof attribute(block, name) === 'string');
}

function statementFromBlock(block: Value): Value {
  const argument = (name: string) => attribute(block, name) ?? null;
  const statement: Record<string, Value> = {
    Action: unwrapSingle(argument('actions')),
    Condition: conditionFromBlocks(argument('condition')),
    Effect: argument('effect') ?? 'Allow',
    NotAction: unwrapSingle(argument('not_actions')),
    NotPrincipal: principalFromBlocks(argument('not_principals')),
    NotResource: unwrapSingle(argument('not_resources')),
    Principal: principalFromBlocks(argument('principals')),
    Resource: unwrapSingle(argument('resources')),
    Sid: argument('sid'),
  };
  return Object.fromEntries(Object.entries(statement).filter(([, value]) => !isEmpty(value)));
}

/** The provider writes a single member without a list, and several members in descending order. */
function unwrapSingle(list: Value): Value {
  if (!isList(list)) return list;
  const sorted = list.every((member) => typeof member === 'string') ? [...list].sort().reverse() : list;
  return sorted.length === 1 ? (sorted[0] ?? null) : sorted;
}

function principalFromBlocks(blocks: Value): Value {
  if (!isList(blocks)) return blocks;
  const principals: Record<string, Value[]> = {};
  for (const block of blocks) {
    const [type, identifiers] = [attribute(block, 'type'), attribute(block, 'identifiers') ?? null];
    if (type === '*') return '*';
    if (typeof type !== 'string') continue;
    principals[type] = [...(principals[type] ?? []), ...(isList(identifiers) ? identifiers : [identifiers])];
  }
  return Object.fromEntries(Object.entries(principals).map(([type, list]) => [type, unwrapSingle(list)]));
}

function conditionFromBlocks(blocks: Value): Value {
  if (!isList(blocks)) return blocks;
  const conditions: Record<string, Record<string, readonly Value[]>> = {};
  for (const block of blocks) {
    const [test, variable, values = null] = ['test', 'variable', 'values'].map((name) => attribute(block, name));
    if (typeof test !== 'string' || typeof variable !== 'string') continue;
    const known = conditions[test]?.[variable] ?? [];
    // The provider unites the values of blocks with the same test and variable.
    conditions[test] = { ...conditions[test], [variable]: [...known, ...(isList(values) ? values : [values])] };
  }
  const unwrapped = (variables: Record<string, readonly Value[]>) =>
    Object.fromEntries(Object.entries(variables).map(([variable, values]) => [variable, unwrapSingle(values)]));
  return Object.fromEntries(Object.entries(conditions).map(([test, variables]) => [test, unwrapped(variables)]));
}
