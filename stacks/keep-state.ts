/** Decides where Terraform keeps the state of a stack: in the bucket of the setting `stateBucket`, or in a local file. */
import type { TerraformStack } from 'cdktf';
import { keepStateLocally, RemoteState } from '../constructs/remote-state';
import { stateKey } from './names';
import type { Settings } from './settings';

export function keepState(stack: TerraformStack, settings: Settings): void {
  const { stateBucket: bucket, region, remoteStateRequired, stateKmsKey: kmsKey } = settings;
  if (bucket === '') keepStateLocally(stack, remoteStateRequired);
  else new RemoteState(stack, { bucket, region, key: stateKey(settings, stack.node.id), kmsKey });
}
