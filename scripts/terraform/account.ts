/** Answers AWS STS on this machine, because the policies of a planned stack contain the id of the account. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An id from AWS's documentation. */
const ACCOUNT = '111122223333';

const CALLER_IDENTITY =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
  `<Arn>arn:aws:iam::${ACCOUNT}:user/checkov</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>${ACCOUNT}</Account>` +
  '</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>';

/** Runs `action` with the address of a server that answers each request with the identity of a caller. */
export async function withAccount<T>(action: (sts: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(CALLER_IDENTITY);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await action(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
