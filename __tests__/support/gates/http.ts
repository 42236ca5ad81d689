/** The authorizer of the HTTP API `desks`. */
import { httpApiAuthorizer } from '../../../function/http/authorizer';
import { decide } from './decide';

export const handler = httpApiAuthorizer(decide);
