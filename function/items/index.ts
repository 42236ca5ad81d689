/** The Lambda function of the API `items`. */
import { crudService } from '../crud/service';
import { remove } from '../crud/tutorial/delete';
import { list } from '../crud/tutorial/list';
import { put } from '../crud/tutorial/put';
import { read } from '../crud/tutorial/read';
import { httpApiHandler } from '../http/http-api';
import { items } from './contract';

export const handler = httpApiHandler(crudService(items, { put, read, list, delete: remove }));
