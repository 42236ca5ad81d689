/** Compares what a function's role may do to DynamoDB with the calls that the function made. */
import type { Deployment, FunctionDeployment } from 'local-run/model/deployment';
import type { DynamodbCall } from 'local-run/model/dynamodb-call';
import { arnPattern, wildcard } from 'local-run/services/iam/pattern';
import type { Statement } from 'local-run/model/policy';

/**
 * `used`: granted and called; `unused`: granted, and never called; `wide`: the grant allows more than was called;
 * `missing`: called and not granted; `unknown`: granted, and nobody knows whether it is called.
 */
export type Verdict = 'used' | 'unused' | 'wide' | 'missing' | 'unknown';

export interface Row {
  /** `dynamodb:GetItem`, or the pattern that is granted. */
  readonly action: string;
  /** An ARN, or the pattern that is granted. */
  readonly resource: string;
  /** Actions called under this grant, or without one. */
  readonly calls: readonly string[];
  /** Routes whose requests called. */
  readonly routes: readonly string[];
  readonly verdict: Verdict;
}

export interface FunctionReport {
  readonly function: string;
  readonly role: string;
  readonly rows: readonly Row[];
  /** Routes of the function that no request went to. */
  readonly notExercised: readonly string[];
  /** Granted actions of other services, which the local run does not have. */
  readonly otherActions: readonly string[];
}

/** What a request made the function do. */
export interface Exercised {
  readonly routeKey: string | undefined;
  readonly calls: readonly DynamodbCall[];
}

interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly covers: (action: string, resource: string) => boolean;
  /** Whether it is no more than one action on one resource. */
  readonly exact: boolean;
}

interface Called {
  readonly action: string;
  readonly resource: string;
  readonly decision: 'allowed' | 'denied';
  readonly routeKey: string | undefined;
}

/** @param judged whether all that the function does is known to have been asked of it */
export function compareFunction(
  { name, arn, roleArn }: FunctionDeployment,
  { apis, roles }: Deployment,
  exercised: readonly Exercised[],
  judged: boolean,
): FunctionReport {
  const role = roles.find((candidate) => candidate.arn === roleArn);
  const called = exercised.flatMap(({ routeKey, calls }) =>
    calls
      .filter(({ functionName }) => functionName === name)
      .flatMap(({ parts }) => parts.map((part): Called => ({ ...part, routeKey }))),
  );
  const seen = new Set(exercised.map(({ routeKey }) => routeKey));
  const notExercised = apis
    .flatMap(({ routes }) => routes)
    .filter(({ functionArn, routeKey }) => functionArn === arn && !seen.has(routeKey))
    .map(({ routeKey }) => routeKey);
  const grants = (role?.statements ?? []).flatMap(grantsOf);
  const isKnown = judged && notExercised.length === 0;
  return {
    function: name,
    role: role?.name ?? roleArn,
    rows: [...grants.map((grant) => rowOf(grant, called, isKnown)), ...missing(called)],
    notExercised,
    otherActions: role?.otherActions ?? [],
  };
}

function grantsOf(statement: Statement): Grant[] {
  const { effect, actions, notActions, resources, notResources } = statement;
  if (effect !== 'Allow') return [];
  const ours = notActions
    ? [actions]
    : actions.filter((action) => /^(\*$|dynamodb:)/i.test(action)).map((one) => [one]);
  const targets = notResources ? [resources] : resources.map((one) => [one]);
  return ours.flatMap((patterns) =>
    targets.map((target): Grant => {
      const isAction = patterns.map((pattern) => wildcard(pattern, true));
      const isResource = target.map(arnPattern);
      return {
        action: `${notActions ? 'all but ' : ''}${patterns.join(', ')}`,
        resource: `${notResources ? 'all but ' : ''}${target.join(', ')}`,
        covers: (action, resource) =>
          isAction.some((matches) => matches(action)) !== notActions &&
          isResource.some((matches) => matches(resource)) !== notResources,
        exact: !notActions && !notResources && !/[*?]/.test(patterns.join('') + withoutIdiom(target.join(''))),
      };
    }),
  );
}

/** What cannot be said more closely: `*` for an action without a resource, and all indexes of a table. */
function withoutIdiom(resource: string): string {
  return resource === '*' ? '' : resource.replace(/\/index\/\*$/, '');
}

function rowOf({ action, resource, covers, exact }: Grant, called: readonly Called[], isKnown: boolean): Row {
  const own = called.filter((call) => call.decision === 'allowed' && covers(call.action, call.resource));
  const onAnything = resource === '*' && own.some((call) => call.resource !== '*');
  const verdict = own.length === 0 ? (isKnown ? 'unused' : 'unknown') : exact && !onAnything ? 'used' : 'wide';
  return { action, resource, verdict, ...calledBy(own) };
}

function missing(called: readonly Called[]): Row[] {
  const denied = called.filter(({ decision }) => decision === 'denied');
  const groups = new Map<string, Called[]>();
  for (const call of denied) {
    const key = `${call.action} ${call.resource}`;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups.values()].map((calls) => {
    const { action = '', resource = '' } = calls[0] ?? {};
    return { action, resource, verdict: 'missing', ...calledBy(calls) };
  });
}

function calledBy(calls: readonly Called[]): Pick<Row, 'calls' | 'routes'> {
  return {
    calls: [...new Set(calls.map(({ action }) => action))],
    routes: [...new Set(calls.map(({ routeKey }) => routeKey ?? 'outside of a request'))],
  };
}
