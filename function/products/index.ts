/** The Lambda function of system `products`. */
import { crudService } from '../crud/service';
import { restApiHandler } from '../lib/rest-api';
import { products } from './contract';

export const handler = restApiHandler(crudService(products));
