/** Policies that are known only from the arguments of their data source. */
import { allow, type Attack, type Attributes, document, OTHER, OWN, planOf, resource, type Statement } from '../build';

const DATA = 'data.aws_iam_policy_document.d';
const OF_DOCUMENT = { expressions: { policy: { references: [`${DATA}.json`, DATA] } } };

/** The policy of a bucket, known only after the apply. Its document is read during the apply. */
function withDocument(before: Statement, block: Attributes, unknown: Attributes = {}): string {
  const marks = { json: true, ...(Object.keys(unknown).length > 0 && { statement: [unknown] }) };
  return planOf({
    resources: [
      resource(DATA, null, { statement: [block] }, { actions: ['read'], after_unknown: marks }, { mode: 'data' }),
      resource(
        'aws_s3_bucket_policy.a',
        { bucket: 'a', policy: document(before) },
        { bucket: 'a' },
        { after_unknown: { policy: true } },
        OF_DOCUMENT,
      ),
    ],
  });
}

const EVERYONE = [{ type: '*', identifiers: ['*'] }];
const DENY = { Effect: 'Deny', Action: 's3:*', Resource: '*', Principal: '*' };
const denyBlock = { effect: 'Deny', actions: ['s3:*'], resources: ['*'], principals: EVERYONE };
const ofAccount = (account: string) => ({ test: 'StringEquals', variable: 'aws:PrincipalAccount', values: [account] });
const LIMITED = allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': OWN } } });
const allowBlock = { actions: ['dynamodb:GetItem'], resources: [LIMITED['Resource']], principals: EVERYONE };

const ROWS: readonly (readonly [
  hides: string,
  before: Statement,
  reviewed: Attributes,
  block: Attributes,
  unknown: Attributes,
])[] = [
  ['a condition of a Deny that is known only after the apply', DENY, denyBlock, denyBlock, { condition: true }],
  [
    'a condition of a Deny on an unknown key',
    DENY,
    denyBlock,
    { ...denyBlock, condition: [{ test: 'StringEquals', values: ['a'] }] },
    { condition: [{ variable: true }] },
  ],
  [
    'an account in the first of two conditions on one key',
    LIMITED,
    { ...allowBlock, condition: [ofAccount(OWN)] },
    { ...allowBlock, condition: [ofAccount(OTHER), ofAccount(OWN)] },
    {},
  ],
  [
    'a principal of an unknown type',
    LIMITED,
    { ...allowBlock, condition: [ofAccount(OWN)] },
    { ...allowBlock, condition: [ofAccount(OWN)], principals: [...EVERYONE, { identifiers: [OTHER] }] },
    { principals: [{}, { type: true }] },
  ],
  ['an unknown effect', DENY, denyBlock, { ...denyBlock, effect: null }, { effect: true }],
];

export const policyDocuments: readonly Attack[] = ROWS.map(([hides, before, reviewed, block, unknown]) => ({
  hides,
  reviewed: withDocument(before, reviewed),
  plan: withDocument(before, block, unknown),
  warns: /known only after the apply|no longer denies|loosens|more principals/,
}));
