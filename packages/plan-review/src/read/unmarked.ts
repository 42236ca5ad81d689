/** Marks secrets that the AWS provider (5.100) does not mark as sensitive. */
import { isList, isObject, type Value } from '../model/value';

/** The names of secret attributes, at any depth, by resource type. A usage plan key repeats the API key's value. */
const UNMARKED: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_usage_plan_key: ['value'],
  aws_appflow_connector_profile: [
    'api_key',
    'api_secret_key',
    'api_token',
    'client_secret',
    'jwt_token',
    'refresh_token',
  ],
  aws_datasync_location_azure_blob: ['token'],
  aws_directory_service_trust: ['trust_password'],
  aws_grafana_license_association: ['grafana_token'],
  aws_kinesis_firehose_delivery_stream: ['hec_token'],
  aws_kms_custom_key_store: ['key_store_password', 'raw_secret_access_key'],
  aws_lightsail_bucket_access_key: ['secret_access_key'],
  aws_lightsail_key_pair: ['private_key'],
  aws_opsworks_ganglia_layer: ['password'],
  aws_opsworks_haproxy_layer: ['stats_password'],
  aws_opsworks_mysql_layer: ['root_password'],
};

/** The marks of the secrets in a value, in the form of Terraform's sensitive marks. */
export function unmarkedSecrets(type: string, value: Value): Value {
  const names = Object.hasOwn(UNMARKED, type) ? UNMARKED[type] : undefined;
  return names === undefined ? false : marksIn(value, names);
}

function marksIn(value: Value, names: readonly string[]): Value {
  if (isList(value)) return value.map((member) => marksIn(member, names));
  if (!isObject(value)) return false;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, names.includes(name) || marksIn(member, names)]),
  );
}
