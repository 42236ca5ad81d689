/** Finds the AWS accounts that own the resources of a state. */
import { configurationAddress, type Plan } from '../model/plan';
import { attribute, type Value } from '../model/value';
import { readStateResources } from './prior-state';
import type { RawPlan } from './raw-plan';

const AWS = 'registry.terraform.io/hashicorp/aws';
/** Types whose attribute `arn` names another resource, which may belong to another account. */
const ARGUMENT_ARN = /^aws_(sns_topic_policy|lakeformation_resource)$/;

/**
 * The accounts in the ARNs of existing resources, and the caller's account. Values that the author of a change writes do not
 * count: planned values, policies, arguments with the name `arn`, resources of other providers, and imported resources.
 */
export function readOwnAccounts(plan: RawPlan, references: Plan['references']): Set<string> {
  const { resource_changes: changes = [] } = plan;
  const imported = new Set(changes.filter(({ change }) => change.importing).map(({ address }) => address));
  const owned = (address: string, type: string, provider: string | undefined, values: Value | undefined) => {
    const configured = references[configurationAddress(address)] ?? {};
    const isOther = provider !== AWS || ARGUMENT_ARN.test(type) || Object.hasOwn(configured, 'arn');
    return isOther || imported.has(address) ? undefined : accountOfArn(attribute(values, 'arn'));
  };
  const accounts = [
    ...readStateResources(plan).map((resource) => {
      const text = (name: string) => textOf(attribute(resource, name));
      const values = attribute(resource, 'values');
      if (text('mode') === 'managed') return owned(text('address'), text('type'), text('provider_name'), values);
      return text('type') === 'aws_caller_identity' ? textOf(attribute(values, 'account_id')) : undefined;
    }),
    ...changes
      .filter(({ mode }) => mode === 'managed')
      .map(({ address, type, provider_name: provider, change }) => owned(address, type, provider, change.before)),
  ];
  return new Set(accounts.filter((account) => account !== undefined).filter((account) => account !== ''));
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function accountOfArn(arn: Value | undefined): string | undefined {
  return typeof arn === 'string' ? /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(arn)?.[1] : undefined;
}
