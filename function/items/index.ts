/** The Lambda function of system `items`. */
import { httpApiHandler } from '../lib/http-api';
import { server } from '../lib/serve';
import { Table } from '../lib/table';
import { items } from './contract';
import { deleteItem } from './delete-item';
import { getItem } from './get-item';
import { listItems } from './list-items';
import { putItem } from './put-item';

export const handler = httpApiHandler(
  server(items, { putItem, getItem, listItems, deleteItem }, Table.fromEnvironment(items.key)),
);
