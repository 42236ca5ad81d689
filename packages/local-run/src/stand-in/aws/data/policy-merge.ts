/** Merges policies by the `Sid` of their statements. */

export type Strings = string | readonly string[];

export interface Statement {
  readonly Sid?: string | undefined;
  readonly Effect?: string | undefined;
  readonly Action?: Strings | undefined;
  readonly NotAction?: Strings | undefined;
  readonly Resource?: Strings | undefined;
  readonly NotResource?: Strings | undefined;
  readonly Principal?: '*' | Readonly<Record<string, Strings>> | undefined;
  readonly NotPrincipal?: '*' | Readonly<Record<string, Strings>> | undefined;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Strings>>>> | undefined;
}

export interface PolicyDocument {
  readonly Version?: string | undefined;
  readonly Id?: string | undefined;
  readonly Statement?: readonly Statement[];
}

const KEYS = [
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
] as const;

/** @throws Error when the text is no policy with a list of statements */
export function readPolicyDocument(text: string): PolicyDocument {
  const { Version, Id, Statement: statements = [] } = JSON.parse(text) as PolicyDocument;
  if (!Array.isArray(statements)) throw new Error('Statement is no list.');
  return { Version, Id, Statement: statements.map((statement: Statement) => orderStatement(withTexts(statement))) };
}

/** Puts the keys of a statement, and of the objects in it, in the order of the provider. Leaves out empty values. */
export function orderStatement(statement: Statement): Statement {
  const entries = KEYS.map((key) => [key, sortKeys(statement[key])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''));
}

/** A statement replaces an earlier one with the same `Sid`. Statements without a `Sid` are added. */
export function mergePolicies(documents: readonly PolicyDocument[]): PolicyDocument {
  let version = '';
  let id: string | undefined;
  const statements: Statement[] = [];
  for (const document of documents) {
    if (document.Id) id = document.Id;
    if ((document.Version ?? '') > version) version = document.Version ?? '';
    for (const statement of document.Statement ?? []) {
      const index = statement.Sid ? statements.findIndex(({ Sid }) => Sid === statement.Sid) : -1;
      if (index < 0) statements.push(statement);
      else statements[index] = statement;
    }
  }
  return {
    ...(version !== '' && { Version: version }),
    ...(id !== undefined && { Id: id }),
    ...(statements.length > 0 && { Statement: statements }),
  };
}

/** The provider writes booleans and numbers of conditions as texts. */
function withTexts(statement: Statement): Statement {
  const { Condition: condition } = statement;
  if (condition === undefined) return statement;
  const text = (value: unknown) => (typeof value === 'boolean' || typeof value === 'number' ? String(value) : value);
  const json = JSON.stringify(condition, (_key, value: unknown) => text(value));
  return { ...statement, Condition: JSON.parse(json) as NonNullable<Statement['Condition']> };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sortKeys((value as Record<string, unknown>)[key])]));
}
