/** The tool `list_tables`. */
import { z } from 'zod';
import { defineTool, READS, stackName } from '../tool';
import { readStacks } from './routes';

export const listTables = defineTool({
  name: 'list_tables',
  title: 'List tables',
  description:
    'Lists the DynamoDB tables of the local run: name, key attributes (the partition key first) with their types, indexes, and the ' +
    'attribute of the expiry time.',
  input: z.strictObject({ stack: stackName }),
  annotations: READS,
  run: async (console, { stack }) => {
    const stacks = await readStacks(console, stack);
    return { tables: stacks.flatMap((each) => each.tables.map((table) => ({ stack: each.stack, ...table }))) };
  },
});
