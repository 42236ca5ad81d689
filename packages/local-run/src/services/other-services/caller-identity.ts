/** The answer to STS GetCallerIdentity: the role of the calling function. */
import { assumedRoleArn, type Caller } from '../iam/credentials';
import { escapeXml, type ServiceResponse, xml } from './response';

/** @returns undefined for a caller without credentials of this run */
export function callerIdentity(caller: Caller | undefined): ServiceResponse | undefined {
  if (!caller) return undefined;
  const arn = assumedRoleArn(caller);
  const result =
    `<Arn>${escapeXml(arn)}</Arn><UserId>AROALOCALRUN000000000:${escapeXml(caller.functionName)}</UserId>` +
    `<Account>${arn.split(':')[4] ?? ''}</Account>`;
  return xml(
    200,
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      `<GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
}
