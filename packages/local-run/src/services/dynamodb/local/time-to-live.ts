/** UpdateTimeToLive and DescribeTimeToLive, and the deletion of expired items. dynalite has no TTL. */
import type { KeySchema } from '../../../model/deployment';
import { isObject } from '../../is-object';
import type { RequestInput } from './attribute-names';
import type { AccessLock } from './access-lock';
import type { Answer, Dynalite } from './dynalite';
import { refuseInvalid, RequestRefused } from './errors';

/** The minimum pause between two searches for expired items. DynamoDB deletes them within days. */
const SWEEP_PAUSE_MS = 2_000;

/** A search takes at most a tenth of the time, so a large table does not slow down other calls. */
const PAUSE_PER_SWEEP = 10;

/** DynamoDB keeps items that expired more than five years ago (developer guide, "Using time to live"). */
const MAX_AGE_SECONDS = 5 * 365.25 * 24 * 60 * 60;

export class TimeToLive {
  /** The TTL attributes by table name. */
  private readonly attributes = new Map<string, string>();

  constructor(
    private readonly dynalite: Dynalite,
    private readonly lock: AccessLock,
    private readonly onFault: (text: string) => void,
  ) {}

  /** @throws RequestRefused */
  async describe({ TableName: table }: RequestInput): Promise<Answer> {
    await this.describeTable(table);
    const attribute = this.attributes.get(String(table));
    const description =
      attribute === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute };
    return { status: 200, body: { TimeToLiveDescription: description } };
  }

  /** @throws RequestRefused */
  async update({ TableName: table, TimeToLiveSpecification: specification }: RequestInput): Promise<Answer> {
    await this.describeTable(table);
    const { AttributeName: attribute, Enabled: enabled } = isObject(specification) ? specification : {};
    if (typeof attribute !== 'string' || attribute === '' || typeof enabled !== 'boolean') {
      return refuseInvalid(
        "1 validation error detected: Value at 'timeToLiveSpecification' failed to satisfy constraint: Member must have " +
          'AttributeName and Enabled',
      );
    }
    const current = this.attributes.get(String(table));
    if (current !== undefined && current !== attribute) {
      refuseInvalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
    }
    if (enabled === (current !== undefined)) refuseInvalid(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
    if (enabled) this.attributes.set(String(table), attribute);
    else this.attributes.delete(String(table));
    return { status: 200, body: { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } } };
  }

  /** Deletes expired items from now on. */
  startSweeps(): void {
    const sweepLater = (pauseMs: number) =>
      setTimeout(() => {
        const startedAt = performance.now();
        void this.sweep()
          .catch((error: unknown) => this.onFault(`The deletion of expired items failed: ${String(error)}`))
          .then(() => sweepLater(Math.max(SWEEP_PAUSE_MS, PAUSE_PER_SWEEP * (performance.now() - startedAt))));
      }, pauseMs).unref();
    sweepLater(SWEEP_PAUSE_MS);
  }

  private async sweep(): Promise<void> {
    for (const [table, attribute] of this.attributes) {
      const { status, body } = await this.dynalite.call('DescribeTable', { TableName: table });
      if (status === 200)
        await this.sweepTable(table, attribute, (body['Table'] as { KeySchema: KeySchema }).KeySchema);
      // The table was deleted.
      else this.attributes.delete(table);
    }
  }

  private async sweepTable(table: string, attribute: string, keySchema: KeySchema): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    const expired = {
      TableName: table,
      ExpressionAttributeNames: { '#ttl': attribute },
      ExpressionAttributeValues: { ':now': { N: String(now) }, ':oldest': { N: String(now - MAX_AGE_SECONDS) } },
    };
    // Only numbers are smaller than a number: DynamoDB ignores other types too.
    const condition = '#ttl < :now AND #ttl > :oldest';
    for (let start: unknown, isFirst = true; isFirst || start !== undefined; isFirst = false) {
      const scan = { ...expired, FilterExpression: condition, ExclusiveStartKey: start };
      const { body } = await this.dynalite.call('Scan', scan);
      for (const item of (body['Items'] ?? []) as RequestInput[]) {
        const key = Object.fromEntries(keySchema.map(({ AttributeName: name }) => [name, item[name]]));
        // An item may have got a later time since the scan.
        await this.delete({ ...expired, Key: key, ConditionExpression: condition });
      }
      start = body['LastEvaluatedKey'];
    }
  }

  private delete(input: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.lock.shared(
        (release) => void this.dynalite.call('DeleteItem', input).then(resolve, reject).finally(release),
      );
    });
  }

  private async describeTable(table: unknown): Promise<void> {
    const answer = await this.dynalite.call('DescribeTable', { TableName: table });
    if (answer.status !== 200) throw new RequestRefused(answer);
  }
}
