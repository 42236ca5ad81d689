/** Compares the DynamoDB actions granted to a function's role with the calls that the function made. */
import {
  arnPattern,
  type Deployment,
  type DynamodbCall,
  Evaluator,
  type FunctionDeployment,
  type Statement,
  wildcard,
} from 'local-run';
import type { RouteNeeds } from '../../function/contract/needs';

/**
 * `used`: granted and called. `unused`: granted, never called. `wide`: the grant allows more than was called.
 * `missing`: called, not granted. `unknown`: granted, but the session does not show whether it is called.
 * `together`: granted with another resource that was called, see `grantedTogether` of function/contract/needs.ts.
 * `bounded`: granted, but the permissions boundary of the role does not allow it.
 * `retry`: granted for calls that a route makes only after a lost answer, see `afterLostAnswer` of function/contract/needs.ts.
 */
export type Verdict = 'used' | 'unused' | 'wide' | 'missing' | 'unknown' | 'retry' | 'together' | 'bounded';

export interface Row {
  /** The granted action or pattern; for the verdict `missing`, the denied action. Example: `dynamodb:GetItem`. */
  readonly action: string;
  /** ARN of the resource, or a granted pattern. */
  readonly resource: string;
  /** The called actions that match the row. */
  readonly calls: readonly string[];
  /** Routes whose requests made these calls. */
  readonly routes: readonly string[];
  readonly verdict: Verdict;
}

export interface FunctionReport {
  readonly function: string;
  readonly role: string;
  readonly rows: readonly Row[];
  /** Routes of the function that got no request. */
  readonly notExercised: readonly string[];
  /** Granted actions of other services, which the local run does not emulate. */
  readonly otherActions: readonly string[];
}

/** A request with the DynamoDB calls that it made. */
export interface ObservedRequest {
  readonly routeKey: string | undefined;
  readonly calls: readonly DynamodbCall[];
}

interface Grant {
  readonly action: string;
  readonly resource: string;
  readonly covers: (action: string, resource: string) => boolean;
  /** Whether the grant is one action on one resource. */
  readonly exact: boolean;
}

interface Called {
  readonly action: string;
  readonly resource: string;
  readonly decision: 'allowed' | 'denied';
  readonly routeKey: string | undefined;
}

export type ObservedNeeds = Pick<RouteNeeds, 'afterLostAnswer' | 'grantedTogether'>;

export interface Observed {
  readonly requests: readonly ObservedRequest[];
  /** Whether the requests exercised every operation of the function. */
  readonly isComplete: boolean;
  /** Returns the needs of a route, from its contract. */
  readonly needsOf: (routeKey: string) => ObservedNeeds;
}

/** Compares the grants and calls of one function. */
export function compareFunction(
  { name, arn, roleArn }: FunctionDeployment,
  { apis, roles }: Deployment,
  { requests, isComplete, needsOf }: Observed,
): FunctionReport {
  const role = roles.find((candidate) => candidate.arn === roleArn);
  const called = requests.flatMap(({ routeKey, calls }) =>
    calls
      .filter(({ functionName }) => functionName === name)
      .flatMap(({ parts }) => parts.map((part): Called => ({ ...part, routeKey }))),
  );
  const requestedRoutes = new Set(requests.map(({ routeKey }) => routeKey));
  const routeKeys = apis
    .flatMap(({ routes }) => routes)
    .filter(({ functionArn }) => functionArn === arn)
    .map(({ routeKey }) => routeKey);
  const notExercised = routeKeys.filter((routeKey) => !requestedRoutes.has(routeKey));
  const retryActions = new Set<string>(routeKeys.flatMap((routeKey) => needsOf(routeKey).afterLostAnswer ?? []));
  const grants = (role?.statements ?? []).flatMap(grantsOf);
  const isOutsideBoundary = outsideBoundary(role?.boundary);
  const uncalledVerdict = (grant: Grant): Verdict => {
    if (isOutsideBoundary(grant)) return 'bounded';
    if (isTogether(grant)) return 'together';
    if (!isKnown) return 'unknown';
    return retryActions.has(grant.action) ? 'retry' : 'unused';
  };
  const isKnown = isComplete && notExercised.length === 0;
  const isTogether = ({ action }: Grant) =>
    called.some(
      (call) =>
        call.action === action &&
        call.decision === 'allowed' &&
        call.routeKey !== undefined &&
        needsOf(call.routeKey).grantedTogether?.some((granted) => granted === action),
    );
  return {
    function: name,
    role: role?.name ?? roleArn,
    rows: [...grants.map((grant) => rowOf(grant, called, uncalledVerdict(grant))), ...missingRows(called)],
    notExercised,
    otherActions: role?.otherActions ?? [],
  };
}

function grantsOf(statement: Statement): Grant[] {
  const { effect, actions, notActions, resources, notResources } = statement;
  if (effect !== 'Allow') return [];
  const actionGroups = notActions
    ? [actions]
    : actions.filter((action) => /^(\*$|dynamodb:)/i.test(action)).map((action) => [action]);
  const resourceGroups = notResources ? [resources] : resources.map((resource) => [resource]);
  return actionGroups.flatMap((patterns) =>
    resourceGroups.map((target): Grant => {
      const isAction = patterns.map((pattern) => wildcard(pattern, true));
      const isResource = target.map(arnPattern);
      return {
        action: `${notActions ? 'all but ' : ''}${patterns.join(', ')}`,
        resource: `${notResources ? 'all but ' : ''}${target.join(', ')}`,
        covers: (action, resource) =>
          isAction.some((matches) => matches(action)) !== notActions &&
          isResource.some((matches) => matches(resource)) !== notResources,
        exact:
          !notActions && !notResources && !/[*?]/.test(patterns.join('') + withoutRequiredWildcards(target.join(''))),
      };
    }),
  );
}

/**
 * Returns whether the permissions boundary of a role allows nothing of a grant. It says so of grants of one action on one resource.
 * A boundary's statement with conditions can allow it for some calls.
 */
function outsideBoundary(boundary: readonly Statement[] | undefined): (grant: Grant) => boolean {
  if (!boundary) return () => false;
  const statements = boundary
    .filter(({ effect, conditions }) => effect === 'Allow' || conditions.length === 0)
    .map((statement) => ({ ...statement, conditions: [] }));
  const evaluator = new Evaluator(statements);
  return ({ action, resource, exact }) => exact && evaluator.decide(action, resource, () => undefined) !== 'allowed';
}

/** Removes unavoidable wildcards: `*` for an action that has no resources, and `/index/*` for the indexes of a table. */
function withoutRequiredWildcards(resource: string): string {
  return resource === '*' ? '' : resource.replace(/\/index\/\*$/, '');
}

/** @param uncalled the verdict when no call matches the grant */
function rowOf({ action, resource, covers, exact }: Grant, called: readonly Called[], uncalled: Verdict): Row {
  const calls = called.filter((call) => call.decision === 'allowed' && covers(call.action, call.resource));
  const onAnything = resource === '*' && calls.some((call) => call.resource !== '*');
  const verdict = calls.length === 0 ? uncalled : exact && !onAnything ? 'used' : 'wide';
  return { action, resource, verdict, ...calledBy(calls) };
}

function missingRows(called: readonly Called[]): Row[] {
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
