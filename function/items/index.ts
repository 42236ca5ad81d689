/** The Lambda function of the API `items`. */
import { operationService } from '../crud/operation-service';
import { remove } from '../crud/tutorial/delete';
import { list } from '../crud/tutorial/list';
import { put } from '../crud/tutorial/put';
import { read } from '../crud/tutorial/read';
import { httpApiHandler } from '../http/http-api';
import { items } from './contract';

export const handler = httpApiHandler(operationService(items, { put, read, list, delete: remove }));
