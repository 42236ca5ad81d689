/** The Lambda function of the API `products`. */
import { crudService } from '../crud/service';
import { restApiHandler } from '../http/rest-api';
import { products } from './contract';

export const handler = restApiHandler(crudService(products));
