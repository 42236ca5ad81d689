/** An entry of `TF_REATTACH_PROVIDERS`, which leads Terraform to a provider of this process. */

/** @param port a port of 127.0.0.1 */
export function reattachEntry(port: number): object {
  return {
    // Terraform does not end the process of a test provider.
    ...{ Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true },
    Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
  };
}
