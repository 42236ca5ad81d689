/** Routes with AWS_IAM. */
import { type GatewayRequest, headerValue } from './request';

/** Whether a request has the header of an AWS signature. The signature is not verified: the keys are not on this machine. */
export function hasSignature({ rawHeaders }: Pick<GatewayRequest, 'rawHeaders'>): boolean {
  return headerValue(rawHeaders, 'authorization')?.startsWith('AWS4-HMAC-SHA256 ') === true;
}

export const NOT_SIGNED = 'the request is not signed with AWS credentials';
