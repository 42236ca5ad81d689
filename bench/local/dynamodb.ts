/** The dynalite that all but the local run itself call, in a process of its own, with the table and its one item. */
import { createTable } from 'local-run/services/dynamodb/tables';
import { startDynamodb } from 'local-run/services/dynamodb/dynamodb';
import type { TableDeployment } from 'local-run/model/deployment';

async function main(): Promise<void> {
  const table = JSON.parse(process.argv[2] ?? '') as TableDeployment;
  const { endpoint } = await startDynamodb(undefined, (text) => console.error(text));
  await createTable(endpoint, table);
  console.log(`listening on ${new URL(endpoint).port}`);
}

void main();
