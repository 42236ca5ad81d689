/** Reads the nested blocks of a resource. */
import { attribute, isList, type Value } from '../model/value';

/** The first block with this name. */
export function firstBlock(value: Value, name: string): Value | undefined {
  const blocks = attribute(value, name);
  return isList(blocks) ? blocks[0] : blocks;
}

/** The values of a text attribute in all blocks with this name. */
export function textsInBlocks(value: Value, block: string, name: string): string[] {
  const blocks = attribute(value, block);
  return isList(blocks) ? blocks.map((part) => attribute(part, name)).filter((text) => typeof text === 'string') : [];
}

/** Whether point-in-time recovery of a DynamoDB table is on. */
export function hasPointInTimeRecovery(table: Value): boolean {
  return attribute(firstBlock(table, 'point_in_time_recovery'), 'enabled') === true;
}
