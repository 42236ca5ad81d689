/** Finds the AWS accounts that own the resources of a state. */
import { isAwsProvider } from '../model/aws-provider';
import { configurationAddress, type ProviderConfiguration } from '../model/plan';
import { attribute, isObject, type Value } from '../model/value';
import type { ResourceConfigurations } from './change';
import { readStateResources } from './prior-state';
import type { RawPlan } from './raw-plan';

/** Types whose attribute `arn` names another resource, which may belong to another account. */
const ARGUMENT_ARN = /^aws_(sns_topic_policy|lakeformation_resource)$/;
/** Settings with which a provider can work in another account. */
const CREDENTIALS = /^(assume_role\w*|profile|shared_\w+_files|access_key|secret_key|token)\b/;

/** A resource of the state, or of a change before the apply. */
interface Existing {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly provider: string;
  readonly values: Value | undefined;
}

/**
 * Returns the accounts in the ARNs of existing resources, and the caller's account. Ignores values that the author of a change
 * can choose: planned values, policies, arguments with the name `arn`, other providers and imported resources. Uses the
 * resources of an aliased provider configuration with separate credentials only if no other resource names an account.
 */
export function readOwnAccounts(
  plan: RawPlan,
  { references, providerKeys }: ResourceConfigurations,
  providers: readonly ProviderConfiguration[],
): Set<string> {
  const { resource_changes: changes = [] } = plan;
  const imported = new Set(changes.filter(({ change }) => change.importing).map(({ address }) => address));
  const otherKeys = new Set(providers.filter(hasOtherCredentials).map(({ key }) => key));
  const keyOf = ({ address }: Existing) => providerKeys.get(configurationAddress(address)) ?? '';
  const canCount = ({ address, type, provider }: Existing) =>
    isAwsProvider(provider) &&
    !ARGUMENT_ARN.test(type) &&
    !imported.has(address) &&
    !Object.hasOwn(references[configurationAddress(address)] ?? {}, 'arn');
  const found = existingResources(plan).flatMap((resource) => {
    const account = canCount(resource) ? accountOf(resource) : undefined;
    return account === undefined ? [] : [{ account, isOther: otherKeys.has(keyOf(resource)) }];
  });
  const own = found.filter(({ isOther }) => !isOther);
  return new Set((own.length > 0 ? own : found).map(({ account }) => account));
}

function existingResources(plan: RawPlan): Existing[] {
  const inState = readStateResources(plan).map((resource): Existing => {
    const text = (name: string) => textOf(attribute(resource, name));
    const [address, mode, type, provider] = [text('address'), text('mode'), text('type'), text('provider_name')];
    return { address, mode, type, provider, values: attribute(resource, 'values') };
  });
  const changing = (plan.resource_changes ?? []).map(
    ({ address, mode, type, provider_name: provider = '', change }): Existing => ({
      ...{ address, mode, type, provider },
      values: change.before,
    }),
  );
  return [...inState, ...changing];
}

function accountOf({ mode, type, values }: Existing): string | undefined {
  if (mode === 'managed') return /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(textOf(attribute(values, 'arn')))?.[1];
  const account = type === 'aws_caller_identity' ? textOf(attribute(values, 'account_id')) : '';
  return account === '' ? undefined : account;
}

/** Whether a provider configuration with an alias, such as `aws.partner`, has separate credentials. */
function hasOtherCredentials({ key, settings, unresolved }: ProviderConfiguration): boolean {
  const names = isObject(settings) ? Object.keys(settings) : [];
  return key.replace(/^.*:/, '').includes('.') && [...names, ...unresolved].some((name) => CREDENTIALS.test(name));
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}
