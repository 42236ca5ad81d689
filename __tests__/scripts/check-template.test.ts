/** The check of stacks that untrusted code synthesized: it accepts the project's stacks, and refuses what a plan would run or read. */
import { checkTemplate } from '../../scripts/terraform/check-template';
import { trustedTarget } from '../../scripts/terraform/trusted-target';
import { readSettings } from '../../stacks/settings';
import {
  check,
  copiesWith,
  SETTINGS,
  TARGET,
  type Template,
  template,
  withArgument,
} from '../support/changed-template';
import { devices, notes, orders } from '../support/contracts';
import { synth } from '../support/synth';

/* eslint-disable @typescript-eslint/no-unsafe-call -- a template has no type, and the tests push blocks into its lists */

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

  test('a variable with a validation, and functions that calculate', () => {
    const { faults, moves } = check((json) => {
      const validation = { condition: '${var.owner != ""}', error_message: 'Set the owner, not ${var.owner}.' };
      json['variable'] = { owner: { type: 'string', default: 'acme', validation } };
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

  test.each(['module', 'import', 'moved', 'locals', 'check', 'ephemeral', 'action', 'Provider', '__proto__'])(
    'the block %s',
    (block) => {
      const json = JSON.parse(JSON.stringify(template()).replace(/^\{/, `{${JSON.stringify(block)}:{},`)) as unknown;
      expect(checkTemplate('notes', json, TARGET).faults).toEqual([
        `notes: the template has the unknown key "${block}". Allowed are //, data, output, provider, removed, resource, terraform, variable.`,
      ]);
    },
  );

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
    ['a precondition', withArgument('lifecycle', { precondition: [{ condition: '${fileexists("x")}' }] })],
    ['a postcondition in a list', withArgument('lifecycle', [{}, { postcondition: { condition: '${self.x}' } }])],
    ['a postcondition in a list of lists', withArgument('lifecycle', [[{ postcondition: [{}] }]])],
    ['a list of lifecycle blocks', withArgument('lifecycle', [{ prevent_destroy: true }])],
    [
      'a condition of a data source',
      (json) => (json['data'].aws_region = { x: { lifecycle: { precondition: [{ condition: '${var.x}' }] } } }),
    ],
    [
      'a validation that refers to a resource',
      (json) =>
        (json['variable'] = { x: { validation: [{ condition: '${substr(aws_x.k [0].value, 0, 1) == "a"}' }] } }),
    ],
    [
      'a validation that refers to a data source',
      (json) => (json['variable'] = { x: { validation: { error_message: 'x ${data\n.aws_region.x.name}' } } }),
    ],
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

  test("a value with a command of GitHub's runner, which the message does not contain", () => {
    const { faults } = check((json) => (json['terraform'].required_providers.aws.source = '##[stop-commands]x'));
    expect(faults).toEqual([expect.stringContaining('is "#\\u{23}[stop-commands]x".') as string]);
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
