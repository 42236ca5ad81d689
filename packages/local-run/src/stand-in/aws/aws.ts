/** The stand-in for hashicorp/aws. */
import type { Compute, Provider, ReadData } from '../provider/provider';
import { type AwsSchemaOptions, awsSchemas } from '../schema/aws-schemas';
import { API_RESOURCES } from './api-gateway';
import { ACCOUNT_DATA } from './data/account';
import { COLLECTION_DATA } from './data/collections';
import { POLICY_DATA } from './data/policies';
import { FUNCTION_RESOURCES } from './functions';
import { IAM_RESOURCES } from './iam';
import { generateAttribute } from './generated-attributes';
import { MESSAGE_RESOURCES } from './messages';
import { NETWORK_RESOURCES } from './network';
import { providerFunctions } from './provider-functions';
import { readSettings } from './provider-block';
import { PLANNED_SECURITY_ATTRIBUTES, SECURITY_RESOURCES } from './security';
import { STORAGE_RESOURCES } from './storage';
import { VALIDATORS } from './validation/validators';

const RESOURCES: Readonly<Record<string, Compute>> = {
  ...API_RESOURCES,
  ...FUNCTION_RESOURCES,
  ...IAM_RESOURCES,
  ...MESSAGE_RESOURCES,
  ...NETWORK_RESOURCES,
  ...SECURITY_RESOURCES,
  ...STORAGE_RESOURCES,
};

const DATA: Readonly<Record<string, ReadData>> = { ...ACCOUNT_DATA, ...COLLECTION_DATA, ...POLICY_DATA };

export async function awsProvider(
  options: AwsSchemaOptions & { readonly environment?: NodeJS.ProcessEnv },
): Promise<Provider> {
  const schemas = await awsSchemas(options);
  return {
    schemas,
    resources: RESOURCES,
    validators: VALIDATORS,
    planned: PLANNED_SECURITY_ATTRIBUTES,
    // A data source reads a resource of the same type, so it has the same generated attributes.
    dataSources: { ...RESOURCES, ...DATA },
    generateAttribute,
    configure: (block) => readSettings(block, options.environment ?? process.env),
    functions: providerFunctions,
  };
}
