/** The Lambda function of the API `products`. */
import { crudService } from '../crud/service';
import { remove } from '../crud/tutorial/delete';
import { list } from '../crud/tutorial/list';
import { put } from '../crud/tutorial/put';
import { read } from '../crud/tutorial/read';
import { restApiHandler } from '../http/rest-api';
import { products } from './contract';

export const handler = restApiHandler(crudService(products, { put, read, list, delete: remove }));
