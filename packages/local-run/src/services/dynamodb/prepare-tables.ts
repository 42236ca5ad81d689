/** Brings the tables of a run to the state that its stacks describe: creates tables, sets TTL, and applies the stacks' items. */
import type { Deployment } from '../../model/deployment';
import { applyTableItems } from './table-items';
import { createTable, type CreateTableOptions } from './tables';
import { setTimeToLive } from './set-time-to-live';

type Tables = Pick<Deployment, 'tables' | 'tableItems'>;

/**
 * Prepares all tables concurrently.
 * @param previous the deployments that the run serves until now; none at the start
 * @throws DeploymentError, DataError
 */
export async function prepareTables(
  endpoint: string,
  deployments: readonly Tables[],
  previous: readonly Tables[],
  options: CreateTableOptions,
): Promise<void> {
  const tablesBefore = new Map(previous.flatMap(({ tables }) => tables.map((table) => [table.name, table])));
  await Promise.all(
    deployments
      .flatMap(({ tables }) => tables)
      .map(async (table) => {
        await createTable(endpoint, table, options);
        const ttlBefore = tablesBefore.get(table.name)?.ttlAttribute;
        if (table.ttlAttribute !== ttlBefore) await setTimeToLive(endpoint, table, options.signal);
      }),
  );
  const itemsOf = (all: readonly Tables[]) => all.flatMap(({ tableItems = [] }) => tableItems);
  const names = new Set(deployments.flatMap(({ tables }) => tables.map(({ name }) => name)));
  const itemsBefore = itemsOf(previous).filter(({ table }) => names.has(table));
  await applyTableItems(endpoint, itemsOf(deployments), itemsBefore, options.signal);
}
