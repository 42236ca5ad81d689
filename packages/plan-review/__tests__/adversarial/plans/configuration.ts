/** Effects that occur only in the configuration part of a plan: providers and provisioners. */
import { type Attack, type Attributes, OTHER, OWN, planOf, resource } from '../build';

const constant = (value: unknown) => ({ constant_value: value });
const region = { region: constant('eu-central-1') };
const DEPUTY = `arn:aws:iam::${OTHER}:role/deputy`;

/** The provider's settings differ from the reviewed settings. */
function provider(hides: string, settings: Attributes, shows: RegExp, reviewed: Attributes = {}): Attack {
  return {
    hides,
    reviewed: planOf({ provider: { ...region, ...reviewed } }),
    plan: planOf({ provider: { ...region, ...settings } }),
    shows,
  };
}

const HARBOUR = { address: 'terraform_data.harbour', mode: 'managed', type: 'terraform_data', name: 'harbour' };
const harbour = (address = HARBOUR.address) => resource(address, null, { input: 'quiet' });
const configured = (more: Attributes) => ({
  ...HARBOUR,
  provider_config_key: 'terraform',
  expressions: {},
  schema_version: 0,
  ...more,
});

function provisioner(hides: string, provisioners: readonly Attributes[], shows: RegExp): Attack {
  const root = (more: Attributes) => ({ resources: [configured(more)] });
  return {
    hides,
    reviewed: planOf({ resources: [harbour()], root: root({}) }),
    plan: planOf({ resources: [harbour()], root: root({ provisioners }) }),
    ...{ warns: /terraform_data\.harbour/, shows },
  };
}

const command = (text: string) => ({ type: 'local-exec', expressions: { command: constant(text) } });
const inModule = (more: Attributes) => ({
  module_calls: { harbour: { source: './harbour', module: { resources: [configured(more)] } } },
});
const evilProvider = (key: string, more: Attributes = {}) => ({
  [key]: {
    name: 'aws',
    full_name: 'registry.terraform.io/hashicorp/aws',
    expressions: { ...region, assume_role: [{ role_arn: constant(DEPUTY) }] },
    ...more,
  },
});

const twoProviders = {
  'aws.deputy': {
    name: 'aws',
    full_name: 'registry.terraform.io/hashicorp/aws',
    alias: 'deputy',
    expressions: { region: { constant_value: 'us-east-1' } },
  },
};
const table = planOf({ resources: [resource('aws_dynamodb_table.t', null, { name: 't' })], providers: twoProviders });

export const configuration: readonly Attack[] = [
  provider('a role of another account', { assume_role: [{ role_arn: constant(DEPUTY) }] }, /role\/deputy/),
  provider(
    'a role by an identity of the web',
    { assume_role_with_web_identity: [{ role_arn: constant(DEPUTY) }] },
    /role\/deputy/,
  ),
  provider(
    'another endpoint',
    { endpoints: [{ sqs: constant('https://sqs.collector.example') }] },
    /collector\.example/,
  ),
  provider(
    'an endpoint of another service',
    { endpoints: [{ sqs: constant('https://a.example'), kms: constant('https://b.example') }] },
    /b\.example/,
    {
      endpoints: [{ sqs: constant('https://a.example') }],
    },
  ),
  provider('a profile', { profile: constant('boss') }, /boss/),
  provider('files with credentials', { shared_credentials_files: constant(['/tmp/stolen']) }, /stolen/),
  provider('more accounts', { allowed_account_ids: constant([OWN, OTHER]) }, new RegExp(OTHER), {
    allowed_account_ids: constant([OWN]),
  }),
  provider('any account', {}, /1 to change/, { allowed_account_ids: constant([OWN]) }),
  provider('other default tags', { default_tags: [{ tags: constant({ prefix: 'theirs' }) }] }, /theirs/),
  provider('another region', { region: constant('us-east-1') }, /us-east-1/),
  provider('a proxy', { https_proxy: constant('http://proxy.example') }, /proxy\.example|https_proxy/),
  provider('a certificate', { custom_ca_bundle: constant('/tmp/evil.pem') }, /evil\.pem|custom_ca_bundle/),
  provider('unchecked credentials', { skip_credentials_validation: constant(true) }, /skip_credentials_validation/),
  provider(
    'an external id of a role',
    { assume_role: [{ role_arn: constant(DEPUTY), external_id: constant('x-2') }] },
    /deputy/,
    {
      assume_role: [{ role_arn: constant(DEPUTY), external_id: constant('x-1') }],
    },
  ),
  provider(
    'a role that depends on a local',
    { assume_role: [{ role_arn: { references: ['local.deputy'] } }] },
    /local\.deputy/,
  ),
  provider(
    'a region that depends on a resource',
    { region: { references: ['aws_thing.a.region', 'aws_thing.a'] } },
    /aws_thing\.a/,
  ),
  {
    hides: 'an endpoint in a part of a variable',
    ...withVariable({ endpoints: [{ sqs: { references: ['var.deputy.sqs', 'var.deputy'] } }] }),
    shows: /endpoints/,
  },
  {
    hides: 'a second configuration of the provider',
    reviewed: planOf(),
    plan: planOf({ providers: evilProvider('aws.deputy', { alias: 'deputy' }) }),
    shows: /role\/deputy/,
  },
  {
    hides: 'a configuration of the provider in a module',
    reviewed: planOf(),
    plan: planOf({ providers: evilProvider('module.harbour:aws', { module_address: 'module.harbour' }) }),
    shows: /role\/deputy/,
  },
  provisioner('a command', [command('sh tools/announce.sh')], /announce\.sh/),
  provisioner('the second of two commands', [command('true'), command('sh tools/announce.sh')], /announce\.sh/),
  provisioner(
    'a command on a server',
    [{ type: 'remote-exec', expressions: { inline: constant(['rm -rf /']) } }],
    /rm -rf/,
  ),
  provisioner(
    'a file for a server',
    [{ type: 'file', expressions: { source: constant('a'), destination: constant('/etc/passwd') } }],
    /passwd/,
  ),
  provisioner('a long command', [command(`true ${'#'.repeat(400)}; sh tools/announce.sh`)], /announce\.sh/),
  provisioner('a command of many lines', [command('true\nfalse\nsh tools/announce.sh\n')], /announce\.sh/),
  provisioner(
    'a command that depends on a resource',
    [{ type: 'local-exec', expressions: { command: { references: ['aws_thing.a.id', 'aws_thing.a'] } } }],
    /aws_thing\.a/,
  ),
  {
    hides: 'a command in a module',
    reviewed: planOf({ resources: [harbour('module.harbour.terraform_data.harbour')], root: inModule({}) }),
    plan: planOf({
      resources: [harbour('module.harbour.terraform_data.harbour')],
      root: inModule({ provisioners: [command('sh tools/announce.sh')] }),
    }),
    ...{ warns: /module\.harbour\.terraform_data\.harbour/, shows: /announce\.sh/ },
  },
  {
    hides: 'another configuration of the provider for a resource',
    reviewed: table,
    plan: table.replace(
      /("type":"aws_dynamodb_table","name":"t","expressions":\{\},"provider_config_key":"aws)/,
      '$1.deputy',
    ),
    shows: /aws\.deputy.*aws_dynamodb_table|aws_dynamodb_table.*aws\.deputy/s,
  },
  {
    hides: 'a role in a variable',
    reviewed: withDeputy(OWN),
    plan: withDeputy(OTHER),
    shows: new RegExp(`${OTHER}:role/deputy`),
  },
];

function withVariable(settings: Attributes): Pick<Attack, 'reviewed' | 'plan'> {
  const plan = (value: unknown) =>
    planOf({
      provider: { ...region, ...settings },
      root: { variables: { deputy: {} } },
      variables: { deputy: { value } },
    });
  return { reviewed: plan(`arn:aws:iam::${OWN}:role/own`), plan: plan(DEPUTY) };
}

function withDeputy(account: string): string {
  return planOf({
    provider: {
      region: { constant_value: 'eu-central-1' },
      assume_role: [{ role_arn: { references: ['var.deputy'] } }],
    },
    root: { variables: { deputy: {} } },
    variables: { deputy: { value: `arn:aws:iam::${account}:role/deputy` } },
  });
}
