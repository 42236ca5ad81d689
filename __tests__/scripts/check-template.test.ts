/** The check of stacks that untrusted code synthesized: it accepts the project's stacks, and refuses what a plan would run or read. */
import { checkTemplate } from '../../scripts/terraform/check-template';
import { templateFaults } from '../../scripts/terraform/template-text';
import { trustedTarget } from '../../scripts/terraform/trusted-target';
import { readSettings } from '../../stacks/settings';
import { devices, notes, orders } from '../support/contracts';
import { synth } from '../support/synth';

const SETTINGS = { stateBucket: 'acme-states', namePrefix: 'acme', environment: 'staging', region: 'eu-west-1' };
const TARGET = trustedTarget(readSettings(SETTINGS, {}), 'notes');

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-call -- the tests change parts of Terraform's JSON */
type Template = Record<string, any>;

function template(): Template {
  const { folder: _, annotations, ...json } = synth(notes, SETTINGS);
  expect(annotations).toEqual([]);
  return JSON.parse(JSON.stringify(json)) as Template;
}

/** Checks the stack `notes` after a change. */
function check(change: (json: Template) => void) {
  const json = template();
  change(json);
  return checkTemplate('notes', json, TARGET);
}

/** A resource with an argument. */
const withArgument = (argument: string, value: unknown) => (json: Template) => {
  json['resource'].aws_ssm_parameter = { x: { name: 'x', type: 'String', [argument]: value } };
};

/** Makes one copy for each text and each key below a value, and replaces this text or key in the copy. Leaves out comments. */
function* copiesWith(value: unknown, bad: string): Generator {
  if (typeof value === 'string') yield bad;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === '//') continue;
    for (const copy of copiesWith(member, bad)) yield replaced(value, key, copy);
    if (!Array.isArray(value)) yield { ...value, [bad]: member };
  }
}

const replaced = (value: object, key: string, member: unknown): unknown =>
  Array.isArray(value) ? value.with(Number(key), member) : { ...value, [key]: member };

describe('accepts', () => {
  test.each([devices, notes, orders])('the stack of the contract $name', (contract) => {
    const boundary = 'arn:aws:iam::111122223333:policy/acme';
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const harmless = {
      xrayTracing: true,
      functionPerRoute: true,
      tags: { owner: 'a b' },
      permissionsBoundary: boundary,
    };
    for (const [settings, base] of [
      [SETTINGS, SETTINGS],
      [{ ...SETTINGS, ...harmless }, SETTINGS],
      [
        { ...SETTINGS, stateKmsKey: key },
        { ...SETTINGS, stateKmsKey: key },
      ],
    ]) {
      const { folder: _, annotations, ...json } = synth(contract, settings);
      expect(annotations).toEqual([]);
      const target = trustedTarget(readSettings(base ?? {}, {}), contract.name);
      expect(checkTemplate(contract.name, json, target)).toMatchObject({ faults: [], moves: [] });
    }
  });

  test('a variable, and functions that calculate', () => {
    const { faults, moves } = check((json) => {
      json['variable'] = { owner: { type: 'string', default: 'acme' } };
      withArgument('value', '${upper(var.owner)} on %{ if true }a%{ else }b%{ endif }')(json);
    });
    expect({ faults, moves }).toEqual({ faults: [], moves: [] });
  });

  test('comments, and leaves them out of the checked template', () => {
    const { template: checked } = check((json) => {
      json['resource'].aws_ssm_parameter = { x: { '//': { a: '${file("/etc/passwd")}' }, value: 'v' } };
    });
    expect(JSON.stringify(checked)).not.toMatch(/"\/\/"|passwd/);
    expect(checked).toHaveProperty('resource.aws_ssm_parameter.x', { value: 'v' });
  });
});

describe('refuses', () => {
  test.each(['external', 'http', 'local_file', 'terraform_remote_state', 'aws_s3_object', 'aws_ssm_parameter'])(
    'the data source %s',
    (type) => {
      const { faults } = check((json) => (json['data'][type] = { x: { program: ['sh', '-c', 'env'] } }));
      expect(faults).toEqual([
        `notes: data.${type} is not allowed. Allowed are aws_caller_identity, aws_iam_policy_document, aws_partition, aws_region.`,
      ]);
    },
  );

  test.each(['null_resource', 'terraform_data', 'local_file', 'kubernetes_pod', 'AWS_x', 'aws_x.y'])(
    'the resource %s',
    (type) => {
      const { faults } = check((json) => (json['resource'][type] = { x: {} }));
      expect(faults).toEqual([`notes: resource.${type} is not allowed. Allowed are aws_*.`]);
    },
  );

  test.each(['provisioner', 'connection', 'provider'])(
    'the argument %s of a resource and of a data source',
    (argument) => {
      expect(check(withArgument(argument, { 'local-exec': { command: 'env' } })).faults).toEqual([
        `notes: resource.aws_ssm_parameter.x.${argument} is not allowed. Remove it.`,
      ]);
      expect(check((json) => (json['data'].aws_region = { x: { [argument]: 'aws.other' } })).faults).toEqual([
        `notes: data.aws_region.x.${argument} is not allowed. Remove it.`,
      ]);
    },
  );

  test.each([
    'module',
    'import',
    'removed',
    'moved',
    'locals',
    'check',
    'ephemeral',
    'action',
    'Provider',
    '__proto__',
  ])('the block %s', (block) => {
    const json = JSON.parse(JSON.stringify(template()).replace(/^\{/, `{${JSON.stringify(block)}:{},`)) as unknown;
    expect(checkTemplate('notes', json, TARGET).faults).toEqual([
      `notes: the template has the unknown key "${block}". Allowed are //, data, output, provider, resource, terraform, variable.`,
    ]);
  });

  test.each<[string, (json: Template) => void]>([
    ['another provider', (json) => (json['terraform'].required_providers.external = { source: 'external' })],
    ['the source of another provider', (json) => (json['terraform'].required_providers.aws.source = 'evil/aws')],
    [
      'a source at another registry',
      (json) => (json['terraform'].required_providers.aws.source = 'evil.example/hashicorp/aws'),
    ],
    ['a required provider that is a text', (json) => (json['terraform'].required_providers.aws = '5.100.0')],
    ['another argument of terraform', (json) => (json['terraform'].cloud = {})],
    [
      'a second configuration of the provider',
      (json) => json['provider'].aws.push({ region: 'eu-west-1', alias: 'b' }),
    ],
    ['another provider block', (json) => (json['provider'].external = [{}])],
    ['a provider that is not a list', (json) => (json['provider'].aws = json['provider'].aws[0])],
    ['endpoints of the provider', (json) => (json['provider'].aws[0].endpoints = [{ s3: 'https://evil.example' }])],
    ['files of the provider', (json) => (json['provider'].aws[0].shared_config_files = ['config'])],
    ['a role of the provider', (json) => (json['provider'].aws[0].assume_role = [{ role_arn: 'x' }])],
    [
      'a template in a default tag',
      (json) => (json['provider'].aws[0].default_tags[0].tags.x = '${file("/etc/passwd")}'),
    ],
    ['a default tag that is not a text', (json) => (json['provider'].aws[0].default_tags[0].tags.x = ['a'])],
    [
      'a template in the name of a default tag',
      (json) => (json['provider'].aws[0].default_tags[0].tags = { '${file("/proc/self/environ")}': 'x' }),
    ],
    ['a second block of default tags', (json) => json['provider'].aws[0].default_tags.push({ tags: {} })],
    ['another argument of default tags', (json) => (json['provider'].aws[0].default_tags[0].x = {})],
    ['no provider', (json) => delete json['provider']],
    ['no requirements', (json) => delete json['terraform']],
    ['a list of resources', (json) => (json['resource'] = [json['resource']])],
    ['a list of instances', (json) => (json['resource'].aws_ssm_parameter = { x: [{ provisioner: {} }] })],
    ['a name with a template', (json) => (json['resource'].aws_ssm_parameter = { '${file("x")}': {} })],
    ['an unknown argument of an output', (json) => (json['output'].x = { value: 1, precondition: [] })],
    ['an ephemeral variable', (json) => (json['variable'] = { x: { ephemeral: true } })],
    ['a call in an output', (json) => (json['output'].x = { value: '${file("/proc/self/environ")}' })],
    ['a call in the key of a map', withArgument('tags', { '${file("/proc/self/environ")}': 'x' })],
    ['a call in a list in a block', withArgument('a', [{ b: [{ c: ['', '${filebase64("x")}'] }] }])],
    ['a call in a condition', withArgument('lifecycle', { precondition: [{ condition: '${fileexists("x")}' }] })],
    [
      'a call in an argument of a data source',
      (json) => {
        json['data'].aws_iam_policy_document.x = { statement: [{ sid: '${templatefile("x", {})}' }] };
      },
    ],
  ])('%s', (_, change) => {
    const { faults } = check(change);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^notes: \w[^]*\.$/);
  });

  test('a value that is too deep, without ending the process', () => {
    const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown;
    expect(check(withArgument('value', deep)).faults.join()).toContain('deeper than 60 levels');
  });

  test.each(['\n::error::x', '\r::x', '\u2028::x', '\u202e'])('the key %j, in one line', (key) => {
    const { faults } = check((json) => {
      json['resource'][`null${key}`] = {};
      json['resource'].aws_ssm_parameter = { x: { [`${key}${'k'.repeat(9999)}`]: { y: `${key}\${file("x")}` } } };
    });
    expect(faults).toHaveLength(2);
    for (const fault of faults) expect(fault).toMatch(/^[ -~]{1,900}$/);
  });

  test('a stack with several faults, and reports all of them', () => {
    const { faults } = check((json) => {
      json['data'].external = { x: {} };
      json['module'] = {};
      withArgument('value', '${file("a")} ${file("b")} ${nonsensitive(path.cwd)}')(json);
    });
    expect(faults).toHaveLength(3);
    expect(faults.at(-2)).toContain(
      'resource.aws_ssm_parameter.x.value calls file(), calls nonsensitive(), refers to path',
    );
  });

  test('a template in any text and in any key', () => {
    const json = template();
    json['variable'] = { x: { default: 'y' } };
    let places = 0;
    // One copy of the template for each text and each key of an object, with a call in this place.
    for (const bad of copiesWith(json, '${file("/proc/self/environ")}')) {
      places += 1;
      const { faults, moves } = checkTemplate('notes', bad, TARGET);
      expect([JSON.stringify(bad), faults.length + moves.length > 0]).toEqual([JSON.stringify(bad), true]);
    }
    expect(places).toBeGreaterThan(250);
  });

  test.each([null, [], 'text', 7, {}])('a template that is %j', (json) => {
    expect(checkTemplate('notes', json, TARGET).faults.length).toBeGreaterThan(0);
  });
});

describe('names a move to', () => {
  const { s3 } = TARGET.backend as { s3: object };
  test.each<[string, unknown]>([
    ['the state of another stack', { s3: { ...s3, key: 'acme/staging/orders/terraform.tfstate' } }],
    ['the state of the stack state', { s3: { ...s3, key: 'state/terraform.tfstate' } }],
    ['another bucket', { s3: { ...s3, bucket: 'evil' } }],
    ['another endpoint', { s3: { ...s3, endpoints: { s3: 'https://evil.example' } } }],
    ['a local state', { local: { path: '/tmp/x' } }],
    ['no backend', undefined],
  ])('%s', (_, backend) => {
    const { faults, moves } = check((json) => (json['terraform'].backend = backend));
    expect(faults).toEqual([]);
    expect(moves).toEqual([expect.stringMatching(/^notes: terraform\.backend is /)]);
  });

  test.each(['6.1.0', '>= 5.0.0', '', null])('the version %j of the provider', (version) => {
    const { faults, moves } = check((json) => (json['terraform'].required_providers.aws.version = version));
    expect({ faults, moves }).toEqual({
      faults: [],
      moves: [expect.stringMatching(/^notes: terraform\.required_providers\.aws\.version is .*"5\.100\.0"$/)],
    });
  });

  test('another region', () => {
    const { faults, moves } = check((json) => (json['provider'].aws[0].region = 'us-east-1'));
    expect({ faults, moves }).toEqual({
      faults: [],
      moves: ['notes: provider.aws.region is "us-east-1", on the base branch "eu-west-1"'],
    });
  });
});

describe('templates', () => {
  test.each([
    'plain (text) with file("x") and path.cwd',
    '$context.requestId, $input.params("x"), 100 % {x}, $ {x}, {$}',
    '$${file("x")} and %%{ if file("x") }',
    '${aws_x.file.path}',
    '${join(",", [for k, v in var.x : "${k}=${upper(v)}" if (v != "")])}',
    '${{ path = "a", self = 1 }}',
    '${path.module}/x and ${ path . module }',
    '${var.x == "file(" ? "path.cwd" : "a \\" b"}',
    '%{ for x in (var.list) ~}${x}%{ endfor }',
    '${data.aws_region.x["terraform.workspace"]}',
  ])('accepts %s', (text) => expect(templateFaults(text)).toEqual([]));

  test.each([
    ['${file("x")}', ['calls file()']],
    ['${ file\n( "x") }', ['calls file()']],
    ['a ${"b ${"c ${file("x")}"}"}', ['calls file()']],
    ['${"a \\" ${file("x")}"}', ['calls file()']],
    ['${"\\\\"}${file("x")}', ['calls file()']],
    ['${"\\${file("x")}"}', ['calls file()']],
    ['%{ if fileexists("x") }a%{ endif }', ['calls fileexists()']],
    ['${[for f in fileset("/", "*") : filebase64(f)]}', ['calls fileset()', 'calls filebase64()']],
    ['${1file("x")}', ['calls file()']],
    ['${templatestring(var.x, {})}', ['calls templatestring()']],
    ['${uuid()} ${timestamp()} ${plantimestamp()}', ['calls uuid()', 'calls timestamp()', 'calls plantimestamp()']],
    ['${nonsensitive(var.x)}', ['calls nonsensitive()']],
    ['${newfunction(1)}', ['calls newfunction()']],
    ['${provider::aws::arn_parse("x")}', ['calls a function with a namespace', 'calls arn_parse()']],
    ['${core::file("x")}', ['calls a function with a namespace', 'calls file()']],
    ['${file/* x */("x")}', ['contains a comment']],
    ['${file //\n("x")}', ['contains a comment']],
    ['${file #\n("x")}', ['contains a comment']],
    ['${<<E\n${file("x")}\nE\n}', ['contains a heredoc', 'calls file()']],
    ['$$${file("x")}', ['has the unclear escape $$${', 'calls file()']],
    ['%$${file("x")}', ['has the unclear escape %$${', 'calls file()']],
    ['${path.cwd} ${path["root"]} ${ path\n.cwd }', ['refers to path']],
    ['${path.modules}', ['refers to path']],
    ['${terraform.workspace}', ['refers to terraform']],
    ['${self.arn}', ['refers to self']],
    ['${ephemeral.aws_x.y}', ['refers to ephemeral']],
    ['${var.x', ['has a template without an end']],
    ['${"x}', ['has a quoted text without an end', 'has a template without an end']],
  ])('refuses %s', (text, faults) => expect(templateFaults(text)).toEqual(faults));

  test('refuses deep templates, without ending the process', () => {
    expect(templateFaults('${"'.repeat(100_000))).toContain('has more than 50 nested templates');
  });

  test('takes linear time', () => {
    const started = performance.now();
    templateFaults(`\${${'a . '.repeat(500_000)}}`);
    templateFaults('$'.repeat(200_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
