/** Makes the values that trusted code expects in a stack, from the settings and the packages of this checkout. */
import { AWS_PROVIDER_VERSION } from '../../stacks/aws-provider';
import { stateKey } from '../../stacks/names';
import type { Settings } from '../../stacks/settings';
import type { TrustedTarget } from './check-template';

/**
 * Makes the target. Without a state bucket no backend is trusted: a plan without the state would create all resources a second time.
 * A test compares the target with the stacks that the app synthesizes.
 */
export function trustedTarget(settings: Settings, stack: string): TrustedTarget {
  const { region, stateBucket: bucket, stateKmsKey } = settings;
  const common = { region, providerVersion: AWS_PROVIDER_VERSION };
  if (bucket === '') return { ...common, backend: {} };
  const kms = stateKmsKey !== '' && { kms_key_id: stateKmsKey };
  const s3 = { bucket, encrypt: true, key: stateKey(settings, stack), region, use_lockfile: true, ...kms };
  return { ...common, backend: { s3 } };
}
