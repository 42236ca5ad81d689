/** Services that act for other accounts, and authorizers that let in other callers. */
import { type Attack, type Attributes, document, more, OTHER, OWN, planOf, resource } from '../build';

/** A new queue, with a policy for a service. */
const queue = (condition: Attributes) => [
  resource('aws_sqs_queue.a', null, { name: 'a' }),
  resource(
    'aws_sqs_queue_policy.a',
    null,
    {
      policy: document({
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: condition,
      }),
    },
    { after_unknown: { queue_url: true } },
    { expressions: { queue_url: { references: ['aws_sqs_queue.a.id', 'aws_sqs_queue.a'] } } },
  ),
];
const SOURCES: readonly (readonly [hides: string, condition: Attributes])[] = [
  ['any resource', { ArnLike: { 'aws:SourceArn': '*' } }],
  ['any topic', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }],
  ['a topic of another account', { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:eu-central-1:${OTHER}:x` } }],
  ['another account', { StringEquals: { 'aws:SourceAccount': OTHER } }],
];

/** A new function, with a permission for a topic. */
const permission = (source: string) => [
  resource('aws_lambda_function.a', null, { function_name: 'a' }),
  resource(
    'aws_lambda_permission.a',
    null,
    { function_name: 'a', principal: 'sns.amazonaws.com', action: 'lambda:InvokeFunction', source_arn: source },
    {},
    {
      expressions: { function_name: { references: ['aws_lambda_function.a.function_name', 'aws_lambda_function.a'] } },
    },
  ),
];

const CHECK = 'aws_lambda_function.check';
/** The functions of the plan belong to the configuration `aws.west`. */
const inTwoRegions = (plan: string) =>
  plan.replace(/("name":"check","expressions":\{\},"provider_config_key":"aws)"/, '$1.west"');

const EVIL = 'aws_apigatewayv2_authorizer.evil';
const JWT = {
  api_id: 'abc',
  authorizer_type: 'JWT',
  jwt_configuration: [{ issuer: 'https://evil.example', audience: ['x'] }],
};
const evilAuthorizer = resource(EVIL, null, JWT, { after_unknown: { id: true } });

export const sources: readonly Attack[] = [
  ...SOURCES.map(([hides, condition]) =>
    more(`a queue for ${hides}`, queue(condition), { warns: /aws_sqs_queue_policy\.a .*sns\.amazonaws\.com/ }),
  ),
  more('a function for any source', permission('*'), { warns: /aws_lambda_permission\.a/ }),
  more('a function for a topic of another account', permission(`arn:aws:sns:eu-central-1:${OTHER}:t`), {
    warns: new RegExp(OTHER),
  }),
  {
    hides: 'a permission of an existing function, beside a new function of the same name in another region',
    reviewed: planOf({ resources: [resource(CHECK, null, { function_name: 'check' })] }),
    plan: inTwoRegions(
      planOf({
        resources: [
          resource(CHECK, null, { function_name: 'check' }),
          resource(
            'aws_lambda_permission.a',
            null,
            {
              ...{ function_name: 'check', principal: 'sns.amazonaws.com', action: 'lambda:InvokeFunction' },
              source_arn: `arn:aws:sns:eu-central-1:${OWN}:t`,
            },
            {},
            { expressions: { function_name: { references: [`${CHECK}.function_name`, CHECK] } } },
          ),
        ],
      }),
    ),
    warns: /aws_lambda_permission\.a lets another source invoke an existing function/,
  },
  more('a new authorizer of an existing API', [evilAuthorizer], { warns: /authorizer\.evil .*evil\.example/ }),
  more(
    'a route with a new authorizer',
    [
      evilAuthorizer,
      resource(
        'aws_apigatewayv2_route.a',
        { api_id: 'abc', authorization_type: 'JWT', authorizer_id: 'a1' },
        { api_id: 'abc', authorization_type: 'JWT' },
        { after_unknown: { authorizer_id: true } },
        { expressions: { authorizer_id: { references: [`${EVIL}.id`, EVIL] } } },
      ),
    ],
    { warns: /aws_apigatewayv2_route\.a .*authorizer/ },
  ),
  {
    hides: 'an account that an argument claims as its own',
    reviewed: planOf(),
    plan: planOf({
      resources: [
        resource(
          'aws_lakeformation_resource.a',
          { arn: `arn:aws:s3:eu-central-1:${OTHER}:x` },
          { arn: `arn:aws:s3:eu-central-1:${OTHER}:x` },
          { actions: ['no-op'] },
        ),
        resource('aws_iam_role.a', null, {
          name: 'a',
          assume_role_policy: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: OTHER } }),
        }),
      ],
    }),
    warns: new RegExp(OTHER),
  },
];
