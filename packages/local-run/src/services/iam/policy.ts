/** Reads the policies of a role. An element that the local run cannot evaluate is a fault: the stack does not start. */
import type { Policy, Statement } from '../../model/policy';
import { readConditions } from './conditions';
import { isObject } from '../is-object';
import { toList } from './to-list';

const POLICY_KEYS = ['Version', 'Id', 'Statement'];
/** IAM's default is 2008-10-17. The versions differ only in policy variables, which the local run refuses. */
const VERSIONS: readonly unknown[] = ['2012-10-17', '2008-10-17'];
const STATEMENT_KEYS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/**
 * @param where the policy's address, for messages
 * @param json the policy document, as JSON text
 * @returns the policy, and a message for each element that is invalid or not supported
 */
export function readPolicy(where: string, json: unknown): { policy: Policy; faults: string[] } {
  const emptyPolicy: Policy = { statements: [], otherActions: [] };
  let document: unknown;
  try {
    document = typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch (error) {
    return { policy: emptyPolicy, faults: [`${where}: its policy is not valid JSON (${(error as Error).message})`] };
  }
  if (!isObject(document)) return { policy: emptyPolicy, faults: [`${where}: its policy must be a JSON object`] };
  const faults = unknownKeys(document, POLICY_KEYS).map((key) => `the element "${key}"`);
  const { Version: version, Statement: statement } = document;
  if (version !== undefined && !VERSIONS.includes(version)) {
    faults.push(
      `Version = ${JSON.stringify(version)}; it must be ${VERSIONS.map((v) => JSON.stringify(v)).join(' or ')}`,
    );
  }
  const statements = toList(statement);
  if (statements.length === 0) faults.push('it has no statement');
  for (const sid of repeatedSids(statements))
    faults.push(`several statements have the Sid "${sid}"; use each Sid only once`);
  const results = statements.map((entry, index) => readStatement(where, entry, index + 1));
  return {
    policy: {
      statements: results.flatMap(({ statement }) => (statement ? [statement] : [])),
      otherActions: [...new Set(results.flatMap(({ otherActions }) => otherActions))],
    },
    faults: [...faults.map((fault) => `${where}: ${fault}`), ...results.flatMap((result) => result.faults)],
  };
}

/** The result of reading a statement. Without `statement`, the statement concerns no action of DynamoDB. */
interface StatementResult {
  readonly statement?: Statement;
  readonly otherActions: readonly string[];
  readonly faults: readonly string[];
}

function readStatement(policy: string, statement: unknown, number: number): StatementResult {
  if (!isObject(statement)) {
    return { otherActions: [], faults: [`statement ${number} of ${policy}: it must be an object`] };
  }
  const sid = statement['Sid'];
  const where = `statement ${number}${typeof sid === 'string' && sid !== '' ? ` (${sid})` : ''} of ${policy}`;
  const faults = unknownKeys(statement, STATEMENT_KEYS).map((key) => `the element "${key}"`);
  if (sid !== undefined && !/^[A-Za-z0-9]*$/.test(typeof sid === 'string' ? sid : '?')) {
    faults.push(`Sid = ${JSON.stringify(sid)}; use only letters and digits`);
  }
  const { Effect: effect } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') {
    faults.push(`Effect = ${JSON.stringify(effect)}; it must be "Allow" or "Deny"`);
  }
  const action = readPatterns(statement, 'Action', faults);
  const resource = readPatterns(statement, 'Resource', faults);
  faults.push(
    ...action.patterns.filter((pattern) => !/^(\*|[a-z0-9-]+:[\w*?]+)$/i.test(pattern)).map((p) => `the action ${p}`),
  );
  const concernsDynamodb = action.not || action.patterns.some((pattern) => /^(\*$|dynamodb:)/i.test(pattern));
  const otherActions =
    effect === 'Allow' && !action.not ? action.patterns.filter((pattern) => !/^(\*$|dynamodb:)/i.test(pattern)) : [];
  if (!concernsDynamodb) return { otherActions, faults: faults.map((fault) => `${where}: ${fault}`) };
  for (const pattern of resource.patterns) {
    if (pattern.includes('${')) faults.push(`the policy variable in the resource ${pattern}`);
    else if (!/^(\*$|arn:)/.test(pattern)) faults.push(`the resource ${pattern}; it must be an ARN or *`);
  }
  const { conditions, faults: conditionFaults } = readConditions(statement['Condition']);
  faults.push(...conditionFaults);
  return {
    statement: {
      where,
      effect: effect === 'Deny' ? 'Deny' : 'Allow',
      actions: action.patterns,
      notActions: action.not,
      resources: resource.patterns,
      notResources: resource.not,
      conditions,
    },
    otherActions,
    faults: faults.map((fault) => `${where}: ${fault}`),
  };
}

/**
 * Returns the Sids that several statements have. IAM refuses a policy with repeated Sids (IAM User Guide, "IAM JSON policy
 * elements: Sid").
 */
function repeatedSids(statements: readonly unknown[]): string[] {
  const sids = statements.map((statement) => isObject(statement) && statement['Sid']);
  const repeated = sids.filter((sid, index) => typeof sid === 'string' && sid !== '' && sids.indexOf(sid) < index);
  return [...new Set(repeated as string[])];
}

/** Reads `Action` or `NotAction`, or `Resource` or `NotResource`. A statement must have exactly one element of each pair. */
function readPatterns(
  statement: Readonly<Record<string, unknown>>,
  name: 'Action' | 'Resource',
  faults: string[],
): { patterns: string[]; not: boolean } {
  const included = toList(statement[name]);
  const excluded = toList(statement[`Not${name}`]);
  const patterns = [...included, ...excluded].filter((pattern) => typeof pattern === 'string');
  if (patterns.length !== included.length + excluded.length) faults.push(`a ${name} that is not a string`);
  if ((included.length === 0) === (excluded.length === 0))
    faults.push(`it must have ${name} or Not${name}, and not both`);
  return { patterns, not: included.length === 0 };
}

function unknownKeys(object: object, known: readonly string[]): string[] {
  return Object.keys(object).filter((key) => !known.includes(key));
}
