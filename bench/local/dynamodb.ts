/** The dynalite that all but the local run itself call, in a process of its own, with the table and its one item. */
import { createTable } from '../../packages/local-run/src/services/dynamodb/tables';
import { startDynamodb } from '../../packages/local-run/src/services/dynamodb/dynamodb';
import type { TableDeployment } from '../../packages/local-run/src/model/deployment';

async function main(): Promise<void> {
  const table = JSON.parse(process.argv[2] ?? '') as TableDeployment;
  const { endpoint } = await startDynamodb(undefined, (text) => console.error(text));
  await createTable(endpoint, table);
  console.log(`listening on ${new URL(endpoint).port}`);
}

void main();
