/** The function's log: one JSON line a request, by Powertools, in the fields its users know. */
import { Logger } from '@aws-lambda-powertools/logger';

/**
 * Level: Lambda's own setting (`AWS_LAMBDA_LOG_LEVEL`, from the function's logging configuration).
 * Service: `POWERTOOLS_SERVICE_NAME`.
 */
export const logger = new Logger();
