/** Methods of a REST API with AWS_IAM. */
import type { Case } from '../support/case';
import { NOT_A_SIGNATURE, SIGNATURE, UNKNOWN_SIGNATURE } from '../support/signature';
import { INCOMPLETE_SIGNATURE, POWERTOOLS_V1_IAM, REST_RESPONSES } from '../support/sources';

const signed = (title: string, expected: Case['expected']): Case => ({
  title,
  source: POWERTOOLS_V1_IAM,
  api: 'callers',
  localOnly: UNKNOWN_SIGNATURE,
  request: { path: '/signed', headers: [SIGNATURE] },
  expected: { status: 200, ...expected },
});

export const IAM: readonly Case[] = [
  {
    title: 'a request without a signature is 403',
    source: REST_RESPONSES,
    api: 'callers',
    request: { path: '/signed' },
    expected: {
      status: 403,
      json: { message: 'Missing Authentication Token' },
      headers: { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
    },
  },
  ...['/signed', '/no-such-path'].map((path): Case => ({
    title: `a header that is no signature is another 403, for ${path}`,
    source: INCOMPLETE_SIGNATURE,
    api: 'callers',
    request: { path, headers: [NOT_A_SIGNATURE] },
    expected: {
      status: 403,
      text: /key=value pair \(missing equal-sign\) in Authorization header/,
      headers: { 'x-amzn-errortype': 'IncompleteSignatureException' },
    },
  })),
  signed('the event of a signed request has the caller in its identity', {
    event: {
      requestContext: {
        identity: {
          accessKey: 'AKIAIOSFODNN7EXAMPLE',
          accountId: expect.stringMatching(/^\d{12}$/) as unknown,
          caller: expect.any(String) as unknown,
          cognitoIdentityId: null,
          userArn: expect.stringMatching(/^arn:aws:(iam|sts)::\d{12}:/) as unknown,
          user: expect.any(String) as unknown,
        },
      },
    },
    without: ['requestContext.authorizer'],
  }),
  signed('the event of a signed request lacks the header of the signature', {
    without: ['headers.Authorization', 'multiValueHeaders.Authorization'],
  }),
];
