/** Adds up the capacity of a transaction. DynamoDB reads or writes each item twice: to prepare, and to commit. */
import type { Answer } from './dynalite';

interface Consumed {
  readonly TableName: string;
  readonly CapacityUnits: number;
}

/**
 * @param level ReturnConsumedCapacity of the transaction
 * @param answers dynalite's answers to the actions
 * @returns the list of the response, or `{}` when the request does not ask for it
 */
export function consumedCapacity(level: unknown, kind: 'Read' | 'Write', answers: readonly Answer[]): object {
  if (level !== 'TOTAL' && level !== 'INDEXES') return {};
  const units = new Map<string, number>();
  for (const { body } of answers) {
    const { TableName: table, CapacityUnits } = body['ConsumedCapacity'] as Consumed;
    units.set(table, (units.get(table) ?? 0) + 2 * CapacityUnits);
  }
  const ConsumedCapacity = [...units].map(([TableName, CapacityUnits]) => {
    const capacity = { CapacityUnits, [`${kind}CapacityUnits`]: CapacityUnits };
    return { TableName, ...capacity, ...(level === 'INDEXES' && { Table: capacity }) };
  });
  return { ConsumedCapacity };
}
