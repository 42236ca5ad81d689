/** Reads the provider configurations of a plan, and decides which of their settings are hidden. */
import type { Hidden } from '../model/hidden';
import type { ProviderConfiguration } from '../model/plan';
import { attribute, isList, isObject, unique, type Value } from '../model/value';
import { readSettings } from './expressions';
import { readStateResources } from './prior-state';
import type { RawPlan } from './raw-plan';

/** A shortened plan may lack the source of a provider. */
const AWS = /(^|\/)hashicorp\/aws$|^$/;

/** Settings of the AWS provider that are shown, with all their members. A setting that is not listed is hidden. */
const AWS_PUBLIC = new Set([
  'allowed_account_ids',
  'assume_role',
  'assume_role_with_web_identity',
  'custom_ca_bundle',
  'default_tags',
  'ec2_metadata_service_endpoint',
  'ec2_metadata_service_endpoint_mode',
  'endpoints',
  'forbidden_account_ids',
  'http_proxy',
  'https_proxy',
  'ignore_tags',
  'insecure',
  'max_retries',
  'no_proxy',
  'profile',
  'region',
  'retry_mode',
  's3_us_east_1_regional_endpoint',
  's3_use_path_style',
  'shared_config_files',
  'shared_credentials_files',
  'skip_credentials_validation',
  'skip_metadata_api_check',
  'skip_region_validation',
  'skip_requesting_account_id',
  'sts_region',
  'token_bucket_rate_limiter_capacity',
  'use_dualstack_endpoint',
  'use_fips_endpoint',
]);
/** Members of shown settings that are hidden. */
const AWS_SECRETS = new Set(['external_id', 'web_identity_token']);
/** The start of a URL with a user or password. */
const USER_INFO = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*@/i;

export function readProviders({ configuration }: RawPlan): ProviderConfiguration[] {
  return Object.entries(configuration?.provider_config ?? {}).map(
    ([key, { full_name: source = '', expressions = {} }]) => {
      const { settings, unresolved } = readSettings(expressions);
      return { key, source, settings, hidden: hiddenSettings(settings, AWS.test(source)), unresolved };
    },
  );
}

/** HashiCorp's own providers, and the provider that is a part of Terraform. */
const TRUSTED = /^(registry\.(terraform\.io|opentofu\.org)\/hashicorp|terraform\.io\/builtin)\//;
/** A provider that has the name of the AWS provider, and another publisher. */
const IMITATION = /\/(?!hashicorp\/)[^/]+\/aws$/;

/**
 * Lists the providers of the configuration that are not HashiCorp's, and that no managed resource of the state uses. Terraform runs
 * the program of every required provider, even without resources. A data source proves nothing: the plan itself writes it into the
 * state. An imitation of the AWS provider always counts: at the start of the plan, Terraform replaces the name of the real provider
 * in the state.
 */
export function readNewProviders(plan: RawPlan): readonly string[] {
  const used = [
    ...Object.values(plan.configuration?.provider_config ?? {}).map(({ full_name: source = '' }) => source),
    ...(plan.resource_changes ?? []).map(({ provider_name: source = '' }) => source),
  ];
  const kept = readStateResources(plan).filter((resource) => attribute(resource, 'mode') === 'managed');
  const known = new Set(kept.map((resource) => attribute(resource, 'provider_name')));
  return unique(used).filter(
    (source) => source !== '' && !TRUSTED.test(source) && (!known.has(source) || IMITATION.test(source)),
  );
}

/** @param names the names of the settings that contain the value, without indexes */
function hiddenSettings(value: Value, isAws: boolean, names: readonly string[] = []): Hidden {
  if (isList(value) || isObject(value)) {
    const members = Object.entries(value).map(([step, member]): [string, Hidden] => [
      step,
      hiddenSettings(member, isAws, isList(value) ? names : [...names, step]),
    ]);
    const hidden = members.filter(([, member]) => member !== false);
    return hidden.length === 0 ? false : Object.fromEntries(hidden);
  }
  if (value === null) return false;
  // For other providers, only booleans and numbers are shown.
  return !(isAws ? isPublicInAws(names, value) : typeof value !== 'string');
}

function isPublicInAws(names: readonly string[], value: Value): boolean {
  if (!AWS_PUBLIC.has(names[0] ?? '') || names.some((name) => AWS_SECRETS.has(name))) return false;
  return typeof value !== 'string' || !USER_INFO.test(value);
}
