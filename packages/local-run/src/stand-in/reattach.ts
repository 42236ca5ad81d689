/** An entry of `TF_REATTACH_PROVIDERS`, which leads Terraform to a provider of this process. */
import type { ServerAddress } from './protocol/server';

export function reattachEntry(address: ServerAddress): object {
  return {
    // Terraform does not end the process of a test provider.
    ...{ Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true },
    Addr: address,
  };
}
