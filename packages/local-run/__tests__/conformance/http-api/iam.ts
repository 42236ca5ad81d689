/** Routes of an HTTP API with AWS_IAM. */
import type { Case } from '../support/case';
import { SIGNATURE, UNKNOWN_SIGNATURE } from '../support/signature';
import { HTTP_ACCESS, POWERTOOLS_V2_IAM } from '../support/sources';

const FORBIDDEN = { status: 403, json: { message: 'Forbidden' } };

export const IAM: readonly Case[] = [
  {
    title: 'a request without a signature is 403',
    source: HTTP_ACCESS,
    request: { path: '/signed' },
    expected: FORBIDDEN,
  },
  {
    title: 'the event of a signed request has the caller, and the header of the signature',
    source: POWERTOOLS_V2_IAM,
    localOnly: UNKNOWN_SIGNATURE,
    request: { path: '/signed', headers: [SIGNATURE] },
    expected: {
      status: 200,
      event: {
        headers: { authorization: SIGNATURE[1] },
        requestContext: {
          authorizer: {
            iam: {
              accessKey: 'AKIAIOSFODNN7EXAMPLE',
              accountId: expect.stringMatching(/^\d{12}$/) as unknown,
              callerId: expect.any(String) as unknown,
              cognitoIdentity: null,
              principalOrgId: null,
              userArn: expect.stringMatching(/^arn:aws:(iam|sts)::\d{12}:/) as unknown,
              userId: expect.any(String) as unknown,
            },
          },
        },
      },
    },
  },
];
