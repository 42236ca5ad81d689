/**
 * Authenticates and authorizes calls to DynamoDB. The order of the checks is DynamoDB's: valid JSON, known operation, known
 * caller, permission.
 */
import type { CallPart, DynamodbCall } from '../../../model/dynamodb-call';
import type { Context } from '../../iam/conditions';
import { combineDecisions, type Decision, Evaluator } from '../../iam/evaluate';
import { ResourcePolicy } from '../../iam/resource-policy';
import { isObject } from '../../is-object';
import { conditionContext, type PartitionKeys, UnknownValue } from './condition-context';
import { assumedRoleArn, CallerDirectory, type Session } from '../../iam/credentials';
import * as errors from './error-responses';
import { isRefusedOperation, notServedReason } from './operations';
import { type RequestInput, type RequiredPermission, requiredPermissions } from './permissions';
import type { GuardRules } from './rules';
import { readAuthorization, signatureMismatch, type SignedRequest } from '../../iam/signature';

/** The guard's decision about a call, with its reason. */
export type Verdict = Pick<DynamodbCall, 'operation' | 'decision' | 'parts' | 'reason'> & {
  /** Undefined when the caller is unknown. */
  readonly session?: Session;
  /** The error response. Undefined when the guard forwards the call. */
  readonly error?: errors.ErrorResponse;
};

type Outcome = Omit<Verdict, 'operation'>;

interface PartDecision {
  readonly decision: Decision;
  readonly reason: string;
  /** Whether only the policy of the table denies the action. @default false */
  readonly byTable?: boolean;
}

const TARGET_PREFIX = 'DynamoDB_20120810.';

export class Authorizer {
  /** Evaluators of the roles' policies, by role ARN. */
  private evaluators = new Map<string, Evaluator>();
  private partitionKeys: PartitionKeys = new Map();
  /** Policies of tables, by table ARN. */
  private tablePolicies: ReadonlyMap<string, ResourcePolicy> = new Map();
  private readonly callers: CallerDirectory;

  /** @param hasOperation whether the DynamoDB behind the guard has an operation */
  constructor(
    runKey: string,
    private readonly hasOperation: (operation: string) => boolean,
  ) {
    this.callers = new CallerDirectory(runKey);
  }

  /** Replaces the rules for later calls. */
  setRules({ roles, tables }: GuardRules): void {
    this.evaluators = new Map(roles.map(({ arn, statements, boundary }) => [arn, new Evaluator(statements, boundary)]));
    this.partitionKeys = new Map(tables.map(({ arn, partitionKey }) => [arn, partitionKey]));
    this.tablePolicies = new Map(
      tables.flatMap(({ arn, policy }) => (policy ? [[arn, new ResourcePolicy(policy)] as const] : [])),
    );
  }

  authorize(request: SignedRequest): Verdict {
    const { target, hasPrefix, operation } = readTarget(request.headers);
    const input = parseObject(request.body);
    if (input === undefined) return { operation, ...refuse(errors.INVALID_JSON, 'the body is not a JSON object') };
    if (!hasPrefix || !this.hasOperation(operation)) {
      const reason = target === '' ? 'the header x-amz-target is missing' : notServedReason(operation);
      const message = isRefusedOperation(operation) ? reason : undefined;
      return { operation, ...refuse(errors.unknownOperation(message), reason) };
    }
    return { operation, ...this.authenticateAndDecide(request, operation, input) };
  }

  /** Refuses a call whose body exceeds DynamoDB's maximum. Reads the caller from the session token, and verifies no signature. */
  refuseLargeBody(headers: SignedRequest['headers']): Verdict {
    const { operation } = readTarget(headers);
    const authorization = readAuthorization(headers.authorization ?? '');
    const caller =
      typeof authorization === 'string'
        ? undefined
        : this.callers.find(authorization.accessKeyId, sessionToken(headers));
    const refusal = refuse(errors.BODY_TOO_LARGE, 'the body is larger than 16 MB');
    return { operation, ...refusal, ...(caller && { session: caller.session }) };
  }

  /** Refuses a request of a web page. Its response has no CORS header, so the page cannot read it. */
  refuseForeign(headers: SignedRequest['headers'], reason: string): Verdict {
    return { operation: readTarget(headers).operation, ...refuse(errors.FOREIGN_REQUEST, reason) };
  }

  private authenticateAndDecide(request: SignedRequest, operation: string, input: RequestInput): Outcome {
    const { authorization: header } = request.headers;
    if (!header?.startsWith('AWS4-')) return refuse(errors.MISSING_TOKEN, 'the request is not signed');
    const authorization = readAuthorization(header);
    if (typeof authorization === 'string') {
      return refuse(errors.incompleteSignature(authorization), authorization);
    }
    const { accessKeyId, region, service } = authorization;
    if (service !== 'dynamodb') return refuse(errors.WRONG_SERVICE, `the signature is for the service ${service}`);
    const caller = this.callers.find(accessKeyId, sessionToken(request.headers));
    const evaluator = caller && this.evaluators.get(caller.session.roleArn);
    if (!evaluator) {
      const reason =
        `this run did not issue the access key ${accessKeyId} with this session token; ` +
        'remove the credentials from the configuration of the client: the SDK reads them from the environment';
      return refuse(errors.UNKNOWN_CLIENT, reason);
    }
    const { session } = caller;
    const mismatch = signatureMismatch(request, authorization, caller.secret);
    if (mismatch !== undefined) {
      return { ...refuse(errors.wrongSignature(mismatch), 'the signature is wrong'), session };
    }
    return { session, ...this.decide(operation, input, session, evaluator, region) };
  }

  private decide(
    operation: string,
    input: RequestInput,
    session: Session,
    evaluator: Evaluator,
    region: string,
  ): Outcome {
    const [, , , stackRegion = '', account = ''] = session.functionArn.split(':');
    const tablePrefix = `arn:aws:dynamodb:${region}:${account}:table/`;
    const parts: CallPart[] = [];
    for (const permission of requiredPermissions(operation, input, tablePrefix) ?? []) {
      const { action, resource } = permission;
      const { decision, reason, byTable } = this.decidePart(operation, permission, session, evaluator, region);
      parts.push({ action, resource, decision: decision === 'allowed' ? 'allowed' : 'denied' });
      if (decision === 'allowed') continue;
      const error = errors.accessDenied(assumedRoleArn(session), action, resource, decision, byTable);
      return { decision: 'denied', parts, reason, error };
    }
    // The local DynamoDB answers calls to any region, but has only the tables of the stack's region.
    if (region !== stackRegion) {
      return { decision: 'allowed', parts, reason: `no table exists in ${region}`, error: errors.TABLE_NOT_FOUND };
    }
    return { decision: 'allowed', parts };
  }

  private decidePart(
    operation: string,
    permission: RequiredPermission,
    session: Session,
    evaluator: Evaluator,
    region: string,
  ): PartDecision {
    try {
      const context = conditionContext(operation, permission, session, region, this.partitionKeys);
      const { action, resource } = permission;
      const byRole = evaluator.decide(action, resource, context);
      const byTable = this.decideByTable(permission, session, evaluator, context);
      const decision = combineDecisions(byRole, byTable);
      if (decision === 'allowed') return { decision, reason: '' };
      const isByTable = byTable === 'explicitDeny' && byRole !== 'explicitDeny';
      const reason = isByTable ? 'the policy of the table denies it' : evaluator.explain(action, resource, context);
      return { decision, reason, byTable: isByTable };
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      const reason = `a condition needs a value that the local run cannot determine: ${error.message}`;
      return { decision: 'implicitDeny', reason };
    }
  }

  /**
   * Evaluates the policy of the table. A permissions boundary limits permissions that this policy grants to the role. It does not limit
   * permissions that the policy grants to the role's session (IAM User Guide, "Permissions boundaries for IAM entities").
   */
  private decideByTable(
    { action, resource }: RequiredPermission,
    session: Session,
    evaluator: Evaluator,
    context: Context,
  ): Decision {
    const policy = this.tablePolicies.get(tableArnOf(resource));
    if (!policy) return 'implicitDeny';
    const userArn = assumedRoleArn(session);
    const decision = policy.decide(action, resource, { roleArn: session.roleArn, userArn }, context);
    if (decision !== 'allowed' || evaluator.isWithinBoundary(action, resource, context)) return decision;
    return policy.decide(action, resource, { userArn }, context);
  }
}

/** The ARN of the table of an index: `.../table/pets/index/by-name`. */
function tableArnOf(resource: string): string {
  return resource.replace(/\/index\/[^/]*$/, '');
}

function readTarget(headers: SignedRequest['headers']) {
  const target = String(headers['x-amz-target'] ?? '');
  const hasPrefix = target.startsWith(TARGET_PREFIX);
  return { target, hasPrefix, operation: hasPrefix ? target.slice(TARGET_PREFIX.length) : target };
}

function sessionToken(headers: SignedRequest['headers']): string {
  return String(headers['x-amz-security-token'] ?? '');
}

function refuse(error: errors.ErrorResponse, reason: string): Outcome {
  return { decision: 'refused', parts: [], reason, error };
}

function parseObject(body: Buffer): RequestInput | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
