/** Finds whether a plan creates, keeps or destroys the resource that a change belongs to, such as the role of a policy. */
import { type Change, configurationAddress, type Parent, type Plan, type PlanIndex } from './plan';
import { attribute, isList, toRecord, type Value } from './value';

type Side = 'before' | 'after';

interface ParentReference {
  /** Matches the types of the children. */
  readonly child: RegExp;
  /** The child's attributes that name the parent. */
  readonly names: readonly string[];
  /** Matches the types of the parents. */
  readonly parent: RegExp;
}

/** The first match counts. */
const REFERENCES: readonly ParentReference[] = [
  { child: /^aws_iam_policy_attachment$/, names: ['roles', 'users', 'groups'], parent: /^aws_iam_(role|user|group)$/ },
  { child: /^aws_iam_role_polic/, names: ['role', 'role_name'], parent: /^aws_iam_role$/ },
  { child: /^aws_iam_user_polic/, names: ['user', 'user_name'], parent: /^aws_iam_user$/ },
  { child: /^aws_iam_group_polic/, names: ['group', 'group_name'], parent: /^aws_iam_group$/ },
  {
    child: /^aws_lambda_(permission|function_url)$/,
    names: ['function_name'],
    parent: /^aws_lambda_(function|alias)$/,
  },
  { child: /^aws_lambda_layer_version_permission$/, names: ['layer_name'], parent: /^aws_lambda_layer_version$/ },
  { child: /^aws_apigatewayv2_/, names: ['api_id'], parent: /^aws_apigatewayv2_api$/ },
  { child: /^aws_api_gateway_/, names: ['rest_api_id'], parent: /^aws_api_gateway_rest_api$/ },
  { child: /^aws_s3_(bucket_|object$|access_point$)/, names: ['bucket'], parent: /^aws_s3_bucket$/ },
];

/** Types of policies and permissions that belong to another resource. */
const POLICY_CHILD = /_(polic(y|ies)|permissions?)(_|$)/;
const STANDALONE = /^aws_(iam|organizations|iot)_policy$|_policy_document$/;
/** Attributes of these types that do not name the parent: the resource's name, the policy, and the principals. */
const NOT_PARENT =
  /polic|document|content|condition|principal|statement|region|^source|^(name|name_prefix|id|description|tags.*)$/;
/** Attributes with a value that other resources use as a reference. */
const KEYS = ['id', 'arn', 'name', 'bucket', 'url', 'function_name', 'key_id', 'domain_name', 'role_name'];

/** The resources of a plan, by the values and addresses that name them. */
interface Resources {
  readonly bySource: PlanIndex['bySource'];
  readonly byKey: Readonly<Record<Side, ReadonlyMap<string, readonly Change[]>>>;
  readonly references: Plan['references'];
  /** The results of `statesOfSource`, by source. Instances of a child whose parent's name is unknown share one result. */
  readonly statesBySource: Map<string, readonly Parent[]>;
}

/** An attribute that may name the parent of a change. */
interface ParentName {
  readonly change: Change;
  readonly side: Side;
  readonly name: string;
  /** Matches the types of the parents. Absent when any type can be the parent. */
  readonly parent: RegExp | undefined;
}

/** @returns a function that finds the parent of any change of the plan */
export function parentFinder(
  { changes, references }: Pick<Plan, 'changes' | 'references'>,
  bySource: PlanIndex['bySource'],
) {
  const resources: Resources = {
    bySource,
    byKey: {
      before: groupBy(changes, (change) => ownKeysOf(change, 'before')),
      after: groupBy(changes, (change) => ownKeysOf(change, 'after')),
    },
    references,
    statesBySource: new Map(),
  };
  return function parentOf(change: Change, side: Side = change.after === null ? 'before' : 'after'): Parent {
    const reference = REFERENCES.find(({ child, parent }) => child.test(change.type) && !parent.test(change.type));
    const isChild = reference !== undefined || (POLICY_CHILD.test(change.type) && !STANDALONE.test(change.type));
    if (!isChild) return side === 'after' && change.action === 'create' ? 'new' : 'existing';
    const names = reference?.names ?? Object.keys(toRecord(change[side])).filter((name) => !NOT_PARENT.test(name));
    const parents = names.flatMap((name) => parentsIn({ change, side, name, parent: reference?.parent }, resources));
    return (['destroyed', 'existing', 'new'] as const).find((state) => parents.includes(state)) ?? 'unknown';
  };
}

/** The parents that one attribute of the change names. */
function parentsIn(named: ParentName, resources: Resources): readonly Parent[] {
  const { byKey, references } = resources;
  const { change, side, name, parent } = named;
  const texts = textsIn(attribute(change[side], name));
  const found = texts.map((text) => (byKey[side].get(text) ?? []).filter((other) => isParent(other, named, text)));
  const configured = side === 'after' ? references[configurationAddress(change.address)] : undefined;
  const sources = new Set((configured?.[name] ?? []).flatMap((reference) => sourcesOf(reference, references)));
  if (found.some((parents) => parents.length > 0)) {
    // A literal name can name a resource that already exists in AWS, even if the plan creates one with this name: that creation
    // would fail.
    const isNamed = (other: Change) => configured === undefined || sources.has(configurationAddress(other.address));
    return found.flatMap((parents): Parent[] =>
      parents.length === 0
        ? ['existing']
        : parents.map((other) => (isNamed(other) ? stateAt(side)(other) : 'existing')),
    );
  }
  if (sources.size > 0) return [...sources].flatMap((source) => statesOfSource(source, named, texts, resources));
  return texts.length > 0 && parent !== undefined ? ['existing'] : [];
}

/** The different states of the resources that an attribute refers to and that can be the parent. */
function statesOfSource(
  source: string,
  named: ParentName,
  texts: readonly string[],
  { bySource, statesBySource }: Resources,
): readonly Parent[] {
  const { change, side, parent } = named;
  const key = texts.length > 0 ? undefined : [source, side, change.provider, aliasOf(change), parent?.source].join(' ');
  const known = key === undefined ? undefined : statesBySource.get(key);
  if (known) return known;
  const parents = (bySource.get(source) ?? []).filter((other) => canBeNamed(other, named, texts));
  const states = parents.length === 0 ? (['existing'] as const) : [...new Set(parents.map(stateAt(side)))];
  if (key !== undefined) statesBySource.set(key, states);
  return states;
}

/** Whether a resource with the key `text` is the parent. */
function isParent(other: Change, { change, parent }: ParentName, text: string): boolean {
  if (other === change || !hasSameProvider(other, change)) return false;
  // A plain name is ambiguous: a role and a table may have the same name. An ARN or URL is unique.
  return parent?.test(other.type) ?? (text.includes(':') || change.type.startsWith(`${other.type}_`));
}

/**
 * Whether a resource that the attribute refers to can be the parent. A reference is no proof: the resource can pass on a value of
 * another resource, as `terraform_data.a.output` does, or be the unused branch of a condition.
 */
function canBeNamed(other: Change, { change, side, name, parent }: ParentName, texts: readonly string[]): boolean {
  if (!hasSameProvider(other, change) || parent?.test(other.type) === false) return false;
  if (texts.length === 0) return true;
  // The author of a change chooses a description or a tag freely: such an attribute names no resource.
  const keys = [...keysOf(other[side]), ...textsIn(attribute(other[side], name))];
  return texts.some((text) => keys.includes(text));
}

/** Whether two resources are in the same account and region: they have the same configuration of the same provider. */
function hasSameProvider(a: Change, b: Change): boolean {
  return a.provider === b.provider && aliasOf(a) === aliasOf(b);
}

/** The key of a provider configuration without its module. A module usually inherits the configuration of its caller. */
function aliasOf({ providerKey = '' }: Change): string {
  return providerKey.replace(/^.*:/, '');
}

function stateAt(side: Side): (change: Change) => Parent {
  return ({ action }) => {
    if (side === 'after') return action === 'create' ? 'new' : 'existing';
    return action === 'delete' || action === 'replace' ? 'destroyed' : 'existing';
  };
}

/** The resource of a reference, and the functions that an alias passes on: `aws_lambda_alias.live.function_name`. */
function sourcesOf(reference: string, references: Plan['references']): string[] {
  const source = resourceOf(reference);
  if (source === undefined) return [];
  const passedOn = reference.endsWith('.function_name') ? (references[source]?.['function_name'] ?? []) : [];
  return [source, ...passedOn.map(resourceOf).filter((function_) => function_ !== undefined)];
}

/** The resource of a reference: `aws_sqs_queue.a` of `aws_sqs_queue.a["x"].arn`. @returns undefined for a variable or output */
function resourceOf(reference: string): string | undefined {
  const address = configurationAddress(reference);
  if (/^(?:.*\.)?(var|local|each|count|path|self|terraform)\./.test(address)) return undefined;
  return /^(?:module\.[\w-]+\.)*(?:data\.)?(?!module\.)[\w-]+\.[\w-]+/.exec(address)?.[0];
}

/** The values that name a resource itself. The `function_name` of an alias names its function. */
function ownKeysOf(change: Change, side: Side): string[] {
  if (change.type !== 'aws_lambda_alias') return keysOf(change[side]);
  const { function_name: _, ...own } = toRecord(change[side]);
  return keysOf(own);
}

/** Returns the values with which other resources refer to a resource, such as its id, ARN and name. */
export function keysOf(value: Value): string[] {
  return [...new Set(KEYS.flatMap((name) => textsIn(attribute(value, name))))];
}

/** The texts of an attribute that is a text or a list of texts. */
function textsIn(value: Value | undefined): string[] {
  const members = isList(value) ? value : [value];
  return members.filter((member) => typeof member === 'string').filter((text) => text !== '');
}

/** Groups changes by keys; a change has any number of keys. */
export function groupBy(
  changes: readonly Change[],
  keysOfChange: (change: Change) => Iterable<string>,
): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    for (const key of keysOfChange(change)) {
      const group = groups.get(key);
      if (group) group.push(change);
      else groups.set(key, [change]);
    }
  }
  return groups;
}
