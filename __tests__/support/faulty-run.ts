/** Starts a local run whose DynamoDB fails on demand. */
import { type FaultyDynamodb, startFaultyDynamodb, startTable } from './dynamodb';
import { type LocalRun, startLocalRun } from './local-run';

export interface FaultyRun {
  readonly run: LocalRun;
  readonly faulty: FaultyDynamodb;
  stop(): Promise<void>;
}

/** @param table name of the table to create */
export async function startFaultyRun(table: string): Promise<FaultyRun> {
  const dynamodb = await startTable(table);
  const faulty = await startFaultyDynamodb(dynamodb.endpoint);
  const run = await startLocalRun({ args: ['--dynamodb-endpoint', faulty.endpoint] });
  return {
    run,
    faulty,
    stop: async () => {
      await run.stop();
      await faulty.stop();
      await dynamodb.stop();
    },
  };
}
