/** Finds the statements of a policy that cover a value, without a comparison of the value with each statement. */
import type { Value } from '../model/value';
import { coversPattern } from '../wildcard';
import type { Policy, Statement } from './statements';

/** The parts of a statement that can have wildcards. */
export const PARTS = ['resources', 'principals', 'actions'] as const;
export type StatementPart = (typeof PARTS)[number];

/**
 * Returns the statements with a member of the part that covers the value. An unknown value covers every value, and every value
 * covers it: unknown-parts.ts reports it.
 */
export type Coverage = (part: StatementPart, value: Value) => ReadonlySet<Statement>;

/** Indexes the statements of a policy by their members. */
export function coverageOf(policy: Policy): Coverage {
  const parts = {
    principals: coverageOfPart(policy, 'principals'),
    actions: coverageOfPart(policy, 'actions'),
    resources: coverageOfPart(policy, 'resources'),
  };
  return (part, value) => parts[part](value);
}

/** Finds the statements that cover each principal, action and resource of a statement or grant. */
export function coveringStatements(
  coverage: Coverage,
  members: Readonly<Record<StatementPart, readonly Value[]>>,
): readonly Statement[] {
  const sets = PARTS.flatMap((part) => members[part].map((member) => coverage(part, member)));
  const smallest = sets.reduce((a, b) => (b.size < a.size ? b : a), sets[0] ?? new Set<Statement>());
  return [...smallest].filter((statement) => sets.every((set) => set.has(statement)));
}

function coverageOfPart(policy: Policy, part: StatementPart): (value: Value) => ReadonlySet<Statement> {
  const statementsByText = new Map<string, Statement[]>();
  /** The members with wildcards, by the text before the first wildcard. Only a value that starts with this text can match. */
  const patternsByPrefix = new Map<string, Set<string>>();
  for (const statement of policy) {
    for (const member of statement[part]) {
      if (typeof member !== 'string') continue;
      const text = normalize(part, member);
      append(statementsByText, text, statement);
      const prefix = text.replace(/[*?].*$/s, '');
      if (prefix !== text) patternsByPrefix.set(prefix, (patternsByPrefix.get(prefix) ?? new Set()).add(text));
    }
  }
  const lengths = [...new Set([...patternsByPrefix.keys()].map((prefix) => prefix.length))];
  const unknown = policy.filter((statement) => statement[part].some((member) => typeof member !== 'string'));
  const all = new Set(policy.filter((statement) => statement[part].length > 0));
  const found = new Map<string, ReadonlySet<Statement>>();
  const find = (text: string) => {
    const patterns = lengths
      .flatMap((length) => [...(patternsByPrefix.get(text.slice(0, length)) ?? [])])
      .filter((pattern) => coversPattern(pattern, text));
    return new Set([...[text, ...patterns].flatMap((pattern) => statementsByText.get(pattern) ?? []), ...unknown]);
  };
  return (value) => {
    if (typeof value !== 'string') return all;
    const text = normalize(part, value);
    const statements = found.get(text) ?? find(text);
    found.set(text, statements);
    return statements;
  };
}

/**
 * Action names are not case-sensitive (IAM user guide, "Action"). An account id and the ARN of the account's root are the same
 * principal (IAM user guide, "AWS JSON policy elements: Principal").
 */
function normalize(part: StatementPart, member: string): string {
  if (part === 'principals') return member.replace(/^AWS:arn:aws[\w-]*:iam::(\d{12}):root$/, 'AWS:$1');
  return part === 'actions' ? member.toLowerCase() : member;
}

function append(groups: Map<string, Statement[]>, key: string, statement: Statement): void {
  const group = groups.get(key);
  if (group) group.push(statement);
  else groups.set(key, [statement]);
}
