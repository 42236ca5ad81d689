/** Stands before DynamoDB: lets a call through when its role's policies allow it, answers the others, reports each. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sharedNow } from '../../clock';
import { Evaluator } from '../../iam/evaluate';
import type { Statement } from '../../../model/policy';
import * as answers from './answers';
import type { CallPart, DynamodbCall } from '../../../model/dynamodb-call';
import { contextOf, type PartitionKeys, UnknownValue } from './context';
import { type Asked, askedBy } from './operations';
import { secretOf, type Session, sessionOf } from './session';
import { readAuthorization, wrongSignature } from './signature';

/** What the guard decides by; plain data. */
export interface GuardRules {
  readonly roles: readonly { readonly arn: string; readonly statements: readonly Statement[] }[];
  readonly tables: readonly { readonly arn: string; readonly partitionKey: string }[];
}

/** Answers a call that is allowed; its body has been read. */
export type Backend = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** DynamoDB takes 16 MB. */
const MOST_BODY_BYTES = 16 * 1024 * 1024;

const API = 'DynamoDB_20120810.';

type Verdict = Pick<DynamodbCall, 'decision' | 'parts' | 'reason'> & {
  readonly session?: Session;
  /** What is answered in place of DynamoDB. */
  readonly answer?: answers.Refusal;
};

interface Known {
  readonly session: Session;
  readonly token: string;
  readonly secret: string;
}

export class Guard {
  private evaluators = new Map<string, Evaluator>();
  private partitionKeys: PartitionKeys = new Map();
  /** Callers that have been seen, by access key id. */
  private readonly sessions = new Map<string, Known>();

  constructor(
    private readonly runKey: string,
    private readonly backend: Backend,
    /** Called before the answer is sent: whoever has the answer can count on it. */
    private readonly report: (call: DynamodbCall) => void,
  ) {}

  /** From here on calls are decided by these rules. */
  apply({ roles, tables }: GuardRules): void {
    this.evaluators = new Map(roles.map(({ arn, statements }) => [arn, new Evaluator(statements)]));
    this.partitionKeys = new Map(tables.map(({ arn, partitionKey }) => [arn, partitionKey]));
  }

  /** Listens to an HTTP server's requests. */
  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BODY_BYTES) chunks.push(chunk);
    });
    request.once('end', () => {
      if (bytes > MOST_BODY_BYTES) return void response.writeHead(413).end();
      this.serve(request, response, chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
  };

  private serve(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const came = sharedNow();
    const target = String(request.headers['x-amz-target'] ?? '');
    const operation = target.startsWith(API) ? target.slice(API.length) : target;
    const { session, answer, ...verdict } = this.verdictOn(request, target, operation, body);
    const { accessKeyId = '', functionName = '', roleArn = '' } = session ?? {};
    let reported = false;
    const report = (status: number) => {
      if (reported) return;
      reported = true;
      const milliseconds = sharedNow() - came;
      this.report({ accessKeyId, functionName, roleArn, operation, ...verdict, status, came, milliseconds });
    };
    onHead(response, report);
    const destroy = response.destroy.bind(response);
    // Before the function sees it; when it is the function that gives the call up, the connection closes by itself.
    response.destroy = (error) => {
      report(0);
      return destroy(error);
    };
    response.once('close', () => report(0));
    if (!answer) return this.backend(request, response, body);
    response.writeHead(answer.status, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(answer.body),
    });
    response.end(answer.body);
  }

  /** In DynamoDB's order: is it JSON, is there such an operation, who calls, may they. */
  private verdictOn(request: IncomingMessage, target: string, operation: string, body: Buffer): Verdict {
    const input = parsed(body);
    if (input === undefined) return refused(answers.NO_JSON, 'its body is no JSON object');
    const asked = target.startsWith(API) ? askedBy(operation, input, '') : undefined;
    if (!asked) {
      return refused(
        answers.UNKNOWN_OPERATION,
        `the local run does not know the operation ${operation}, nor what it needs`,
      );
    }
    const { authorization: header } = request.headers;
    if (!header?.startsWith('AWS4-')) return refused(answers.NO_TOKEN, 'it is not signed');
    const authorization = readAuthorization(header);
    if (typeof authorization === 'string') {
      return refused(answers.incompleteSignature(authorization), authorization);
    }
    const { accessKeyId, region, service } = authorization;
    if (service !== 'dynamodb') return refused(answers.WRONG_SERVICE, `it is signed for the service ${service}`);
    const known = this.sessionOf(accessKeyId, String(request.headers['x-amz-security-token'] ?? ''));
    const evaluator = known && this.evaluators.get(known.session.roleArn);
    if (!evaluator) {
      return refused(
        answers.UNKNOWN_CLIENT,
        `the access key ${accessKeyId}, with its session token, is none that this run gave to a function; ` +
          'leave the credentials to the SDK, which finds them in the environment',
      );
    }
    const { session, secret } = known;
    const { method = '', url = '', headers } = request;
    const details = wrongSignature({ method, url, headers, body }, authorization, secret);
    if (details !== undefined) {
      return { ...refused(answers.wrongSignatureAnswer(details), 'its signature is wrong'), session };
    }
    return { session, ...this.decide(operation, input, session, evaluator, region) };
  }

  private sessionOf(accessKeyId: string, token: string): Known | undefined {
    const known = this.sessions.get(accessKeyId);
    if (known?.token === token) return known;
    const session = sessionOf(this.runKey, accessKeyId, token);
    if (!session) return undefined;
    const found = { session, token, secret: secretOf(this.runKey, accessKeyId) };
    this.sessions.set(accessKeyId, found);
    return found;
  }

  private decide(
    operation: string,
    input: Readonly<Record<string, unknown>>,
    session: Session,
    evaluator: Evaluator,
    region: string,
  ): Omit<Verdict, 'session'> {
    const [, , , home = '', account = ''] = session.functionArn.split(':');
    const parts: CallPart[] = [];
    for (const asked of askedBy(operation, input, `arn:aws:dynamodb:${region}:${account}:table/`) ?? []) {
      const { action, resource } = asked;
      const denied = this.denial(operation, asked, session, evaluator, region);
      parts.push({ action, resource, decision: denied === undefined ? 'allowed' : 'denied' });
      if (denied === undefined) continue;
      const answer = answers.accessDenied(principalOf(session), action, resource, denied.explicit);
      return { decision: 'denied', parts, reason: denied.reason, answer };
    }
    // One DynamoDB stands here for those of all regions; the tables are in the stack's.
    if (region !== home) {
      return { decision: 'allowed', parts, reason: `there is no table in ${region}`, answer: answers.TABLE_NOT_FOUND };
    }
    return { decision: 'allowed', parts };
  }

  /** @returns undefined when it is allowed */
  private denial(
    operation: string,
    asked: Asked,
    session: Session,
    evaluator: Evaluator,
    region: string,
  ): { explicit: boolean; reason: string } | undefined {
    try {
      const context = contextOf(operation, asked, session, region, this.partitionKeys);
      const decision = evaluator.decide(asked.action, asked.resource, context);
      if (decision === 'allowed') return undefined;
      const explicit = decision === 'explicit';
      return { explicit, reason: explicit ? 'a statement denies it' : 'no statement allows it' };
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      return { explicit: false, reason: `a condition asks for what the local run does not know: ${error.message}` };
    }
  }
}

/** `arn:aws:sts::000000000000:assumed-role/http-crud-tutorial-role/http-crud-tutorial-function`: Lambda names the session as the function. */
function principalOf({ roleArn, functionName }: Session): string {
  const role = roleArn.split('/').at(-1) ?? '';
  return `arn:aws:sts::${roleArn.split(':')[4] ?? ''}:assumed-role/${role}/${functionName}`;
}

function refused(answer: answers.Refusal, reason: string): Verdict {
  return { decision: 'refused', parts: [], reason, answer };
}

function parsed(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Calls back once with the status, before anything is sent: Node itself calls writeHead when nobody else does. */
function onHead(response: ServerResponse, callback: (status: number) => void): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (...args: unknown[]) => {
    response.writeHead = writeHead;
    callback(Number(args[0]));
    return writeHead(...args);
  };
}
