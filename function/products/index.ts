/** The Lambda function of the API `products`. */
import { operationService } from '../crud/operation-service';
import { remove } from '../crud/tutorial/delete';
import { list } from '../crud/tutorial/list';
import { put } from '../crud/tutorial/put';
import { read } from '../crud/tutorial/read';
import { restApiHandler } from '../http/rest-api';
import { products } from './contract';

export const handler = restApiHandler(operationService(products, { put, read, list, delete: remove }));
