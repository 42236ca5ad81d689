/** Secrets at other places of a plan than the values of resources. */
import { allow, asJson, type Attack, type Attributes, document, type PlanParts, resource } from '../build';
import { markedOutput, secretIn } from './secret';

const MARKED = { before_sensitive: { value: true }, after_sensitive: { value: true } };
const aws = (settings: Attributes): PlanParts => ({
  provider: { region: { constant_value: 'eu-central-1' }, ...settings },
});

export const secretsElsewhere: readonly Attack[] = [
  secretIn('a secret in an output', (secret) => ({
    output_changes: {
      ...markedOutput(secret).output_changes,
      url: { actions: ['create'], before: null, after: `https://x.example/${secret}`, after_unknown: false },
    },
  })),
  secretIn(
    'a secret in a move',
    (secret) => ({
      resources: [
        resource(
          'aws_instance.server',
          { tags: { a: secret } },
          { tags: { a: secret } },
          { actions: ['no-op'], importing: { id: `i-${secret}` } },
        ),
      ],
    }),
    /aws_instance\.server/,
  ),
  secretIn(
    'a secret in an identity of an import',
    (secret) => ({
      resources: [
        resource(
          'aws_instance.server',
          { a: 1 },
          { a: 1 },
          { actions: ['no-op'], importing: { identity: { secret } } },
        ),
      ],
    }),
    /aws_instance\.server/,
  ),
  secretIn('a secret in generated configuration', (secret) => ({
    resources: [
      resource(
        'aws_instance.server',
        { a: 1 },
        { a: 1 },
        {
          ...{ actions: ['no-op'], importing: { id: 'i-1' } },
          generated_config: `resource "aws_instance" "server" {\n  password = "${secret}"\n}\n`,
        },
      ),
    ],
  })),
  secretIn('a secret in the name of a deleted bucket', (secret) => ({
    resources: [resource('aws_s3_bucket.maps', { bucket: `maps-${secret}`, force_destroy: true }, null)],
  })),
  secretIn('a secret in the path that forces a replacement', (secret) => ({
    resources: [
      resource(
        'aws_instance.server',
        { tags: { [secret]: 'a' } },
        { tags: { [secret]: 'b' } },
        {
          ...{ actions: ['delete', 'create'], replace_paths: [['tags', secret]] },
        },
      ),
    ],
  })),
  secretIn('a secret in drift that a refresh stores', (secret) => ({
    resource_changes: [],
    resource_drift: [
      resource('aws_sqs_queue.gate', { tags: { a: 'x' }, delay: 1 }, { tags: { a: secret }, delay: 2 }),
    ].map(asJson),
  })),
  secretIn('a secret in a data source that the apply reads', (secret) => ({
    resources: [
      resource('data.aws_instance.server', null, { filter: secret, id: 'x' }, { actions: ['read'] }, { mode: 'data' }),
    ],
  })),
  secretIn('a secret in a failed check', (secret) => ({
    checks: [
      {
        address: { kind: 'check', name: 'gate', to_display: 'check.gate' },
        status: 'fail',
        instances: [
          {
            address: { to_display: 'check.gate' },
            status: 'fail',
            problems: [{ message: `cannot log in with ${secret}` }],
          },
        ],
      },
    ],
  })),
  secretIn('a secret in the arguments of an action', (secret) => ({
    action_invocations: [
      {
        ...{ address: 'action.aws_lambda_invoke.a', type: 'aws_lambda_invoke', name: 'a' },
        provider_name: 'registry.terraform.io/hashicorp/aws',
        ...{ config_values: { payload: secret }, config_sensitive: { payload: true }, config_unknown: {} },
        invoke_action_trigger: {},
      },
    ],
  })),
  secretIn('the secret key of a provider', (secret) => aws({ secret_key: { constant_value: secret } })),
  secretIn('the session token of a provider', (secret) => aws({ token: { constant_value: secret } })),
  secretIn('the password of a proxy', (secret) =>
    aws({ https_proxy: { constant_value: `http://gate:${secret}@proxy.example` } }),
  ),
  secretIn('the key of another provider', (secret) => ({
    providers: {
      lighthouse: {
        ...{ name: 'lighthouse', full_name: 'registry.terraform.io/acme/lighthouse' },
        expressions: { api_key: { constant_value: secret }, headers: [{ auth: { constant_value: secret } }] },
      },
    },
  })),
  secretIn('a sensitive variable, with its default', (secret) => ({
    ...{ resources: [resource('aws_instance.server', { note: 'a' }, { note: `b ${secret}` })], output_changes: {} },
    variables: { token: { value: secret } },
    root: { variables: { token: { default: secret, sensitive: true } } },
  })),
  secretIn('a sensitive variable in a setting of the provider', (secret) => ({
    ...aws({ secret_key: { references: ['var.token'] } }),
    output_changes: {},
    variables: { token: { value: secret } },
    root: { variables: { token: { sensitive: true } } },
  })),
  secretIn(
    'a secret in the command of a provisioner',
    (secret) => ({
      resources: [resource('terraform_data.harbour', null, { input: 'x' })],
      root: {
        resources: [
          {
            ...{ address: 'terraform_data.harbour', mode: 'managed', type: 'terraform_data', name: 'harbour' },
            ...{ provider_config_key: 'terraform', expressions: {}, schema_version: 0 },
            provisioners: [
              { type: 'local-exec', expressions: { command: { constant_value: `announce ${secret} 5433` } } },
            ],
          },
        ],
      },
    }),
    /5433/,
  ),
  secretIn('a secret in a key of an API, which the provider does not mark', (secret) => ({
    resources: [
      resource(
        'aws_api_gateway_api_key.a',
        { value: 'old-value-of-the-key', name: 'a' },
        { value: secret, name: 'a' },
        MARKED,
      ),
      resource('aws_api_gateway_usage_plan_key.a', { value: 'old-value-of-the-key' }, { value: secret }),
    ],
  })),
  secretIn('a secret that loses its mark', (secret) => ({
    resources: [
      resource('aws_instance.server', { note: secret }, { note: `${secret}2` }, { before_sensitive: { note: true } }),
    ],
    output_changes: {},
  })),
  secretIn('a secret in a list whose marked member moved', (secret) => ({
    output_changes: {},
    resources: [
      resource(
        'aws_instance.server',
        { notes: [secret, 'quay', 'mole'] },
        { notes: ['pier', secret, 'quay'] },
        {
          before_sensitive: { notes: [true, false, false] },
          after_sensitive: { notes: [false, true, false] },
        },
      ),
    ],
  })),
  secretIn('a secret in a block whose marked member was removed', (secret) => ({
    output_changes: {},
    resources: [
      resource(
        'aws_instance.server',
        {
          disk: [
            { k: 'x', key: secret },
            { k: 'y', key: 'open' },
          ],
        },
        { disk: [{ k: 'y', key: 'open' }] },
        { before_sensitive: { disk: [{ key: true }, {}] }, after_sensitive: { disk: [{}] } },
      ),
    ],
  })),
  secretIn(
    'a secret in the condition of a policy',
    (secret) => {
      const policy = document(allow({ Action: 'dynamodb:*', Condition: { StringEquals: { 'aws:userid': secret } } }));
      return {
        resources: [
          resource(
            'aws_iam_role_policy.ferry',
            { role: 'ferry', policy: document(allow()) },
            { role: 'ferry', policy },
            {
              after_sensitive: { policy: true },
            },
          ),
        ],
      };
    },
    /dynamodb:\*/,
  ),
  secretIn(
    'a secret as an id of a sensitive policy',
    (secret) => ({
      resources: [
        resource(
          'aws_iam_role_policy.ferry',
          { role: 'ferry', policy: document(allow({ Sid: 'A' })) },
          { role: 'ferry', policy: document(allow({ Sid: secret, Action: '*' })) },
          { before_sensitive: { policy: true }, after_sensitive: { policy: true } },
        ),
      ],
    }),
    /aws_iam_role_policy\.ferry/,
  ),
  secretIn(
    'a secret in the resource of a sensitive policy',
    (secret) => ({
      resources: [
        resource(
          'aws_iam_role_policy.ferry',
          { role: 'ferry', policy: document(allow()) },
          { role: 'ferry', policy: document(allow({ Resource: `arn:aws:s3:::maps/${secret}/*` })) },
          { before_sensitive: { policy: true }, after_sensitive: { policy: true } },
        ),
      ],
    }),
    /aws_iam_role_policy\.ferry/,
  ),
];
