/** Starts the local run of this project, for tests that send requests to the API `items`. */
import { items } from '../../function/items/contract';
import { type LocalRun, type LocalRunOptions, startLocalRun } from './local-run';

export interface ItemsRun extends LocalRun {
  /** URL of `items`. */
  readonly url: string;
}

export async function startItemsRun(options?: LocalRunOptions): Promise<ItemsRun> {
  const run = await startLocalRun(options);
  return { ...run, url: run.outputs[items.name]?.['url'] as string };
}
