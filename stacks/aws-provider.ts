/** The version of the AWS provider that this checkout installs, and the Lambda runtimes that it accepts. */
import { cdktf } from '@cdktf/provider-aws/package.json';
import type { NodeRuntime } from '../constructs/node-runtime';

/** The version that the stacks require: `5.100.0`. */
export const AWS_PROVIDER_VERSION = cdktf.provider.version;

/**
 * The first version that accepts a runtime. Older versions refuse the runtime when they plan the function. `nodejs22.x` needs a version
 * below every version that this project supports. Source: CHANGELOG of terraform-provider-aws, 6.19.0.
 */
const FIRST_VERSIONS: Readonly<Partial<Record<NodeRuntime, string>>> = { 'nodejs24.x': '6.19.0' };

/** Returns the conflict of the setting `runtime` with the provider. @param version the version of the provider */
export function runtimeConflicts(
  { runtime }: { readonly runtime?: NodeRuntime | undefined },
  version = AWS_PROVIDER_VERSION,
): string[] {
  const first = runtime === undefined ? undefined : FIRST_VERSIONS[runtime];
  if (first === undefined || !isOlder(version, first)) return [];
  return [
    `runtime is ${runtime}, but the AWS provider is ${version}; set nodejs22.x, or install version ${first} or later: npm run migrate ` +
      'lists the ways.',
  ];
}

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) < 0;
}
