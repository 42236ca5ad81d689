/** Reads the blocks `statement` of `data.aws_iam_policy_document`. */
import type { Values } from '../../provider/provider';
import { orderStatement, type Statement, type Strings } from './policy-merge';

interface PrincipalBlock {
  readonly type: string;
  readonly identifiers: readonly string[];
}

interface ConditionBlock {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

export function readStatements(blocks: readonly Values[]): readonly Statement[] {
  return blocks.map((block) =>
    orderStatement({
      Sid: (block['sid'] ?? '') as string,
      Effect: (block['effect'] ?? 'Allow') as string,
      Action: strings(block['actions']),
      NotAction: strings(block['not_actions']),
      Resource: strings(block['resources'], withVariables),
      NotResource: strings(block['not_resources'], withVariables),
      Principal: principals((block['principals'] ?? []) as readonly PrincipalBlock[]),
      NotPrincipal: principals((block['not_principals'] ?? []) as readonly PrincipalBlock[]),
      Condition: conditions((block['condition'] ?? []) as readonly ConditionBlock[]),
    }),
  );
}

/** One element is a string. Several elements are a list, in descending order. */
function strings(value: unknown, convert = (text: string) => text): Strings | undefined {
  const list = ((value ?? []) as readonly string[]).map(convert);
  if (list.length <= 1) return list[0];
  return descending(list);
}

/** The order in which the provider writes sets. */
export function descending(list: readonly string[]): readonly string[] {
  return [...list].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
}

/** Policies write variables as `${aws:username}`. Terraform would evaluate this, so configurations write `&{aws:username}`. */
function withVariables(text: string): string {
  return text.replaceAll('&{', '${');
}

function principals(blocks: readonly PrincipalBlock[]): Statement['Principal'] {
  if (blocks.length === 0) return undefined;
  const [first] = blocks;
  if (blocks.length === 1 && first?.type === '*' && first.identifiers.length === 1 && first.identifiers[0] === '*')
    return '*';
  const result = withoutPrototype<Strings>();
  for (const { type, identifiers } of blocks) {
    const added = descending(identifiers.map(withVariables));
    const all = [result[type] ?? [], added].flat();
    result[type] = oneOrMany(all);
  }
  return result;
}

function conditions(blocks: readonly ConditionBlock[]): Statement['Condition'] {
  if (blocks.length === 0) return undefined;
  const result = withoutPrototype<Record<string, Strings>>();
  for (const { test, variable, values } of blocks) {
    const ofTest = (result[test] ??= withoutPrototype());
    const all = [ofTest[variable] ?? [], values.map(withVariables)].flat();
    ofTest[variable] = oneOrMany(all);
  }
  return result;
}

/** An object in which a key of the user, such as `constructor`, has no value before it is set. */
function withoutPrototype<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

function oneOrMany(list: readonly string[]): Strings {
  const [first] = list;
  return list.length === 1 && first !== undefined ? first : list;
}
