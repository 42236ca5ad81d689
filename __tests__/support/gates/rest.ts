/** The authorizer of the REST API `rooms`. */
import { restApiAuthorizer } from '../../../function/http/authorizer';
import { decide } from './decide';

export const handler = restApiAuthorizer(decide);
