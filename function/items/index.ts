/** The Lambda function of the API `items`. */
import { crudService } from '../crud/service';
import { httpApiHandler } from '../http/http-api';
import { items } from './contract';

export const handler = httpApiHandler(crudService(items));
