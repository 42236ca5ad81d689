/** Routes with AWS_IAM. */
import { ACCOUNT_ID } from '../../model/account';
import { type GatewayRequest, headerValue } from './request';

type RequestHead = Pick<GatewayRequest, 'rawHeaders'>;

/** Whether a request has the header of an AWS signature. The signature is not verified: the keys are not on this machine. */
export function hasSignature({ rawHeaders }: RequestHead): boolean {
  return headerValue(rawHeaders, 'authorization')?.startsWith('AWS4-HMAC-SHA256 ') === true;
}

export const NOT_SIGNED = 'the request is not signed with AWS credentials';

const USER_ID = 'AIDALOCALRUN000000000';
const USER_ARN = `arn:aws:iam::${ACCOUNT_ID}:user/local-run`;

/** `requestContext.authorizer` of an HTTP API (recorded: Powertools for AWS Lambda, apigw-http/iam-auth.json). The user is made up. */
export function httpIamContext(request: RequestHead): object {
  const iam = {
    accessKey: accessKeyOf(request),
    accountId: ACCOUNT_ID,
    callerId: USER_ID,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: USER_ARN,
    userId: USER_ID,
  };
  return { iam };
}

/** Fields of `requestContext.identity` of a REST API. The user is made up. */
export function restIamIdentity(request: RequestHead): object {
  const accessKey = accessKeyOf(request);
  return { accountId: ACCOUNT_ID, caller: USER_ID, accessKey, userArn: USER_ARN, user: USER_ID };
}

/** The access key id of `Credential=AKIAIOSFODNN7EXAMPLE/20261129/us-east-1/execute-api/aws4_request`. */
function accessKeyOf({ rawHeaders }: RequestHead): string {
  const [, accessKey = ''] = /\bCredential=([^/,\s]+)/.exec(headerValue(rawHeaders, 'authorization') ?? '') ?? [];
  return accessKey;
}
