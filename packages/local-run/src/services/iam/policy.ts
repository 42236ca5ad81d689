/**
 * Reads IAM policies. An element that IAM refuses is a fault: a stack with such a role does not start. If the local run cannot
 * evaluate an element, the element is unsupported: no function gets the role, and no caller is let in by the policy.
 */
import type { Policy, Statement, UnsupportedElement } from '../../model/policy';
import { type KeySet, readConditions, type Service } from './conditions';
import { isObject } from '../is-object';
import { toList } from '../to-list';

const POLICY_KEYS = ['Version', 'Id', 'Statement'];
/** IAM's default is 2008-10-17. The versions differ only in policy variables, which the local run refuses. */
const VERSIONS: readonly unknown[] = ['2012-10-17', '2008-10-17'];
const STATEMENT_KEYS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

interface ReadPolicy {
  readonly policy: Policy;
  /** The number of each statement of `policy` in the document. The first statement has the number 1. */
  readonly numbers: readonly number[];
  readonly faults: readonly string[];
  readonly unsupported: readonly UnsupportedElement[];
}

/**
 * @param where the policy's address, for messages
 * @param json the policy document, as JSON text
 * @param service the service whose statements are read. @default dynamodb
 * @param keySet the condition keys that statements can use. @default the keys of the service
 * @returns the policy, a message for each element that IAM refuses, and the elements that are not supported
 */
export function readPolicy(
  where: string,
  json: unknown,
  service: Service = 'dynamodb',
  keySet: KeySet = service,
): ReadPolicy {
  const empty = { policy: { statements: [], otherActions: [] }, numbers: [], unsupported: [] };
  let document: unknown;
  try {
    document = typeof json === 'string' ? JSON.parse(json) : undefined;
  } catch (error) {
    return { ...empty, faults: [`${where}: its policy is not valid JSON (${(error as Error).message})`] };
  }
  if (!isObject(document)) return { ...empty, faults: [`${where}: its policy must be a JSON object`] };
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
  const results = statements.map((entry, index) => readStatement(where, entry, index + 1, { service, keySet }));
  const unsupported = results.flatMap((result) => result.unsupported);
  return {
    policy: {
      // A policy that is evaluated in part could allow more than IAM does.
      statements: unsupported.length > 0 ? [] : results.flatMap(({ statement }) => (statement ? [statement] : [])),
      otherActions: [...new Set(results.flatMap(({ otherActions }) => otherActions))],
    },
    numbers: unsupported.length > 0 ? [] : results.flatMap(({ statement }, index) => (statement ? [index + 1] : [])),
    faults: [...faults.map((fault) => `${where}: ${fault}`), ...results.flatMap((result) => result.faults)],
    unsupported,
  };
}

/** The result of reading a statement. Without `statement`, the statement concerns no action of the service. */
interface StatementResult {
  readonly statement?: Statement;
  readonly otherActions: readonly string[];
  readonly faults: readonly string[];
  readonly unsupported: readonly UnsupportedElement[];
}

function readStatement(
  policy: string,
  statement: unknown,
  number: number,
  { service, keySet }: { readonly service: Service; readonly keySet: KeySet },
): StatementResult {
  if (!isObject(statement)) {
    return { otherActions: [], unsupported: [], faults: [`statement ${number} of ${policy}: it must be an object`] };
  }
  const sid = statement['Sid'];
  const name = `statement ${number}${typeof sid === 'string' && sid !== '' ? ` (${sid})` : ''}`;
  const where = `${name} of ${policy}`;
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
  const isOther = (pattern: string) => pattern !== '*' && !pattern.toLowerCase().startsWith(`${service}:`);
  const concernsService = action.not || !action.patterns.every(isOther);
  const otherActions = effect === 'Allow' && !action.not ? action.patterns.filter(isOther) : [];
  if (!concernsService) {
    return { otherActions, unsupported: [], faults: faults.map((fault) => `${where}: ${fault}`) };
  }
  const { conditions, faults: conditionFaults, unsupported } = readConditions(statement['Condition'], keySet);
  for (const pattern of resource.patterns) {
    if (pattern.includes('${')) {
      const found = `the policy variable in the resource ${pattern}`;
      unsupported.push({ found, supported: 'resources without variables' });
    } else if (!/^(\*$|arn:)/.test(pattern)) faults.push(`the resource ${pattern}; it must be an ARN or *`);
  }
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
    unsupported: unsupported.map(({ found, supported }) => ({ found: `${name}: ${found}`, supported })),
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
