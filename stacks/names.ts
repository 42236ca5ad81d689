/** Makes names of resources. Names contain the prefix and the environment, so one account can hold several deployments. */
import type { Settings } from './setting-types';
import { PROJECT } from './tags';

/**
 * Makes the name of a resource from the prefix, the start, the environment and the end. Leaves out the environment `default`.
 * @param start start of the name, in most cases the name of the API
 * @param end kind of the resource, if the start is not enough
 * @example
 * resourceName(settings, 'http-crud-tutorial', 'items'); // http-crud-tutorial-items
 * // With the prefix `acme` in the environment `staging`: acme-http-crud-tutorial-staging-items
 */
export function resourceName(settings: Settings, start: string, end = ''): string {
  const { namePrefix, environment } = settings;
  return joinWords(namePrefix, start, environment === 'default' ? '' : environment, end);
}

/**
 * Makes the domain name of an API: `orders.example.com`, or `acme-orders-staging.example.com` with the prefix `acme` in the
 * environment `staging`. So deployments with the same domain do not share a name.
 */
export function domainName(settings: Settings, api: string): string {
  return `${resourceName(settings, api)}.${settings.domain}`;
}

/**
 * Makes the name of a resource of the pipeline: `acme-cdktf-serverless-crud-deploy-eu-west-1`. It contains the region, because
 * IAM is global and each region has a stack `state`.
 */
export function pipelineName({ namePrefix, region }: Settings, kind: string): string {
  return joinWords(namePrefix, PROJECT, kind, region);
}

/**
 * Makes the CloudWatch namespace of the functions' metrics: `acme-cdktf-serverless-crud-staging`. It also has the metric of
 * the drift check. No dimension names the deployment, so each deployment needs a namespace.
 */
export function metricsNamespace({ namePrefix, environment }: Settings): string {
  return joinWords(namePrefix, PROJECT, environment === 'default' ? '' : environment);
}

function joinWords(...words: string[]): string {
  return words.filter((word) => word !== '').join('-');
}

/**
 * Makes the S3 key of a stack's state: `cdktf-serverless-crud/default/items/terraform.tfstate`, or
 * `acme/default/items/terraform.tfstate` with the prefix `acme`.
 * Each setting that changes resource names changes the key too, so two deployments never share a state.
 * The prefix comes first, because the pipeline's roles may use only the folder of their prefix.
 */
export function stateKey(settings: Pick<Settings, 'namePrefix' | 'environment'>, stack: string): string {
  return [prefixFolder(settings), settings.environment, stack, 'terraform.tfstate'].join('/');
}

/** The metric of the drift check: hours since a check first found the drift, and 0 without drift. */
export const DRIFT_METRIC = 'DriftAgeHours';

/** Name of the stack with the budget and the alarms about drift. */
export const OPERATIONS_STACK = 'operations';

/** Name of the stack with the bucket for the states and the pipeline's roles. */
export const STATE_STACK = 'state';

/** S3 key of the state of the stack `state`, for all environments. Keys from `stateKey` have three folders, so none equals it. */
export const STATE_STACK_KEY = 'state/terraform.tfstate';

/** Terraform's name of API Gateway's role for logs, and of the settings that name it, in the stack `state`. */
export const LOG_ROLE_ID = 'api_gateway_logs';

/** Makes the S3 key of the review key, with which the pipeline hashes sensitive values of plans: `acme/review-key`. */
export function reviewKeyName(settings: Settings): string {
  return `${prefixFolder(settings)}/review-key`;
}

function prefixFolder({ namePrefix }: Pick<Settings, 'namePrefix'>): string {
  return namePrefix === '' ? PROJECT : namePrefix;
}
