/** Reads the provider block of hashicorp/aws. */
import type { Values } from '../provider/provider';
import { DEFAULT_SETTINGS, type Settings } from '../provider/settings';

export function readSettings(block: Values, environment: NodeJS.ProcessEnv): Settings {
  const [defaultTags] = (block['default_tags'] ?? []) as readonly { readonly tags?: Record<string, string> | null }[];
  return {
    region:
      firstText(block['region'], environment['AWS_REGION'], environment['AWS_DEFAULT_REGION']) ??
      DEFAULT_SETTINGS.region,
    account: accountOf(block) ?? DEFAULT_SETTINGS.account,
    defaultTags: defaultTags?.tags ?? {},
  };
}

/** The account that the block allows, or the account of the role that it assumes. */
function accountOf(block: Values): string | undefined {
  const [allowed] = (block['allowed_account_ids'] ?? []) as readonly string[];
  const roles = [...list(block['assume_role']), ...list(block['assume_role_with_web_identity'])];
  const account = roles.map(({ role_arn: role }) => /^arn:[\w-]+:iam::(\d{12}):/.exec(String(role))?.[1]).find(Boolean);
  return allowed ?? account;
}

function list(value: unknown): readonly Values[] {
  return (value ?? []) as readonly Values[];
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}
