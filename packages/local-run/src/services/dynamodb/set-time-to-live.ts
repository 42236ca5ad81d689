/** Sets the TTL of a table, as Terraform does: with the operations of DynamoDB. */
import { callDynamodb, hasErrorType } from './client';
import type { TableDefinition } from './table-description';

interface TimeToLiveDescription {
  readonly TimeToLiveStatus?: string;
  readonly AttributeName?: string;
}

/** Enables, changes or disables the TTL if it differs from the TTL in the stack. */
export async function setTimeToLive(
  endpoint: string,
  { name, ttlAttribute }: TableDefinition,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { status, body } = await callDynamodb(endpoint, 'DescribeTimeToLive', { TableName: name }, signal);
  // Some DynamoDB emulators have no TTL. On AWS too, items can stay in the table for days.
  if (hasErrorType(body, 'UnknownOperationException')) return;
  if (status !== 200) throw new Error(`DynamoDB answered ${status} to DescribeTimeToLive: ${JSON.stringify(body)}`);
  const { TimeToLiveStatus, AttributeName } = (body['TimeToLiveDescription'] ?? {}) as TimeToLiveDescription;
  const current = TimeToLiveStatus === 'ENABLED' ? AttributeName : undefined;
  if (current === ttlAttribute) return;
  if (current !== undefined) await update(endpoint, name, current, false, signal);
  if (ttlAttribute !== undefined) await update(endpoint, name, ttlAttribute, true, signal);
}

async function update(
  endpoint: string,
  table: string,
  attribute: string,
  enabled: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const input = { TableName: table, TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } };
  const { status, body } = await callDynamodb(endpoint, 'UpdateTimeToLive', input, signal);
  if (status === 200 || hasErrorType(body, 'UnknownOperationException')) return;
  throw new Error(`DynamoDB answered ${status} to UpdateTimeToLive: ${JSON.stringify(body)}`);
}
