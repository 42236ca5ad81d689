/**
 * TransactWriteItems and TransactGetItems, which dynalite does not have. The caller makes sure that no other call is pending.
 * dynalite carries out the actions one by one while the write buffer holds their writes back.
 */
import type { KeySchema } from '../../../model/deployment';
import { hasErrorType } from '../client';
import type { RequestInput } from './attribute-names';
import { consumedCapacity } from './consumed-capacity';
import type { Answer, Dynalite } from './dynalite';
import {
  type CancellationReason,
  refuseInvalid,
  RequestRefused,
  TABLE_NOT_FOUND,
  TOKEN_MISMATCH,
  transactionCanceled,
} from './errors';
import { TransactionTokens } from './idempotency';
import { identityOf, keyOf } from './item-keys';
import { type Action, readGetActions, readWriteActions } from './transaction-actions';
import type { WriteBuffer } from './write-buffer';

/** An action with the key of its item. */
interface KeyedAction extends Action {
  readonly key: Readonly<Record<string, unknown>>;
}

/** A condition check is a deletion whose writes are dropped. */
const OPERATIONS: Readonly<Record<Action['kind'], string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'DeleteItem',
};

/** Faults of a request, for which DynamoDB does not begin the transaction. Other faults depend on an item or on its table. */
const REQUEST_FAULT =
  /^(Invalid \w+Expression|ExpressionAttribute|Value provided in|The expression|\d+ validation errors? detected|Can not use|ReturnValues)/;

export class Transactions {
  private readonly tokens = new TransactionTokens();

  constructor(
    private readonly dynalite: Dynalite,
    private readonly buffer: WriteBuffer,
  ) {}

  /** @throws RequestRefused for a request that DynamoDB refuses; Error when dynalite does not answer */
  async write(input: RequestInput): Promise<Answer> {
    const { ClientRequestToken: token, ReturnConsumedCapacity: level } = input;
    const actions = await this.withKeys(readWriteActions(input));
    if (typeof token === 'string') {
      const known = this.tokens.find(token, input);
      if (known === 'mismatch') throw new RequestRefused(TOKEN_MISMATCH);
      if (known === 'repeated') return this.repeat(actions, level);
    }
    this.buffer.begin();
    try {
      const answers: Answer[] = [];
      for (const action of actions) answers.push(await this.carryOut(action));
      const reasons = await this.reasonsOf(actions, answers);
      if (reasons.some(({ Code }) => Code !== 'None')) return transactionCanceled(reasons);
      await this.buffer.commit();
      if (typeof token === 'string') this.tokens.add(token, input);
      return { status: 200, body: { ...consumedCapacity(level, 'Write', answers) } };
    } finally {
      this.buffer.discard();
    }
  }

  /** @throws RequestRefused for a request that DynamoDB refuses; Error when dynalite does not answer */
  async get(input: RequestInput): Promise<Answer> {
    const actions = await this.withKeys(readGetActions(input));
    const answers: Answer[] = [];
    for (const action of actions) answers.push(await this.carryOut(action));
    const reasons = await this.reasonsOf(actions, answers);
    if (reasons.some(({ Code }) => Code !== 'None')) return transactionCanceled(reasons);
    const Responses = answers.map(({ body: { Item } }) => ({ Item }));
    return { status: 200, body: { Responses, ...consumedCapacity(input['ReturnConsumedCapacity'], 'Read', answers) } };
  }

  /** DynamoDB answers a repeated transaction with the capacity of reading its items. */
  private async repeat(actions: readonly KeyedAction[], level: unknown): Promise<Answer> {
    const answers: Answer[] = [];
    for (const action of actions) answers.push(await this.read(action));
    return { status: 200, body: { ...consumedCapacity(level, 'Read', answers) } };
  }

  /** @throws RequestRefused when a table does not exist, or two actions concern one item */
  private async withKeys(actions: readonly Action[]): Promise<readonly KeyedAction[]> {
    const schemas = new Map<string, KeySchema>();
    for (const table of new Set(actions.map((action) => action.table))) {
      const { body } = await this.dynalite.call('DescribeTable', { TableName: table });
      const description = body['Table'] as { readonly KeySchema: KeySchema } | undefined;
      if (!description) throw new RequestRefused(TABLE_NOT_FOUND);
      schemas.set(table, description.KeySchema);
    }
    const keyed = actions.map((action) => ({ ...action, key: keyOf(action, schemas.get(action.table) ?? []) }));
    if (new Set(keyed.map(({ table, key }) => identityOf(table, key))).size < keyed.length) {
      refuseInvalid('Transaction request cannot include multiple operations on one item');
    }
    return keyed;
  }

  private async carryOut({ kind, input }: Action): Promise<Answer> {
    const { length } = this.buffer;
    const capacity = { ReturnConsumedCapacity: 'TOTAL' };
    const consistency = kind === 'Get' ? { ConsistentRead: true } : {};
    const answer = await this.dynalite.call(OPERATIONS[kind], { ...input, ...capacity, ...consistency });
    if (kind === 'ConditionCheck') this.buffer.truncate(length);
    return answer;
  }

  private async reasonsOf(
    actions: readonly KeyedAction[],
    answers: readonly Answer[],
  ): Promise<readonly CancellationReason[]> {
    const refused = answers.find(isRequestFault);
    if (refused) throw new RequestRefused(refused);
    return Promise.all(actions.map((action, index) => this.reasonOf(action, answers[index])));
  }

  private async reasonOf(action: KeyedAction, answer: Answer | undefined): Promise<CancellationReason> {
    if (answer?.status === 200) return { Code: 'None' };
    const Message = String(answer?.body['message']);
    if (!hasErrorType(answer?.body ?? {}, 'ConditionalCheckFailedException'))
      return { Code: 'ValidationError', Message };
    const wantsItem = action.input['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD';
    const Item = wantsItem ? (await this.read(action)).body['Item'] : undefined;
    return { Code: 'ConditionalCheckFailed', ...(Item !== undefined && { Item }), Message };
  }

  private read({ table, key }: KeyedAction): Promise<Answer> {
    const options = { ConsistentRead: true, ReturnConsumedCapacity: 'TOTAL' };
    return this.dynalite.call('GetItem', { TableName: table, Key: key, ...options });
  }
}

function isRequestFault({ status, body }: Answer): boolean {
  if (status === 200 || hasErrorType(body, 'ConditionalCheckFailedException')) return false;
  return !hasErrorType(body, 'ValidationException') || REQUEST_FAULT.test(String(body['message']));
}
