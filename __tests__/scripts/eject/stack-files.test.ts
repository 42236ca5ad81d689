/** Sections of a stack in Terraform's native syntax. */
import { versionFiles } from '../../../scripts/eject/configuration';
import { stackFiles } from '../../../scripts/eject/stack-files';
import { type Stack, withLocalStates } from '../../../scripts/eject/stacks';

const NAME = { attributes: { name: { type: 'string' } } };
const SCHEMAS = { provider: () => NAME, resource: () => NAME, data: () => NAME };

test.each([
  [
    'the alias of a provider',
    { provider: { aws: [{ name: 'n' }, { alias: 'west', name: 'w' }] } },
    'providers.tf',
    'provider "aws" {\nname = "n"\n}\n\nprovider "aws" {\nalias = "west"\nname = "w"\n}\n',
  ],
  [
    'a variable, whose default is no template',
    { variable: { v: { type: 'map(string)', default: { a: '${b}' }, description: '%{c}' } } },
    'variables.tf',
    'variable "v" {\ntype = map(string)\ndefault = { a = "$${b}" }\ndescription = "%%{c}"\n}\n',
  ],
  [
    'an output, whose description is no template',
    { output: { o: { value: '${aws_x.a}', description: '${b}' } } },
    'outputs.tf',
    'output "o" {\ndescription = "$${b}"\nvalue = aws_x.a\n}\n',
  ],
  [
    'a check with a data source',
    { check: { c: { data: { aws_x: { a: { name: 'n' } } }, assert: [{ condition: '${true}', error_message: 'e' }] } } },
    'main.tf',
    'check "c" {\ndata "aws_x" "a" {\nname = "n"\n}\n\nassert {\ncondition = true\nerror_message = "e"\n}\n}\n',
  ],
])('prints %s', (_, sections, file, text) => {
  expect(stackFiles('one', sections, SCHEMAS)).toEqual({ [file]: text });
});

test.each([
  ['cloud', { cloud: { organization: 'o', workspaces: { name: 'w' } } }, 'cloud {\norganization = "o"'],
  [
    'backend "remote"',
    { backend: { remote: { organization: 'o', workspaces: { name: 'w' } } } },
    'backend "remote" {\norganization = "o"',
  ],
])('prints the block %s with its workspaces', (_, terraform, start) => {
  const { 'versions.tf': text } = versionFiles('one', terraform, { environment: 'default', stateBucket: '' });
  expect(text).toContain(`${start}\n\nworkspaces {\nname = "w"\n}\n}\n`);
});

test('prints the backend of a stack in S3 with its arguments, unless the setting stateBucket names a bucket', () => {
  const terraform = { backend: { s3: { bucket: 'mine', key: 'one.tfstate' } } };
  const filesFor = (stateBucket: string) => versionFiles('one', terraform, { environment: 'default', stateBucket });
  expect(Object.keys(filesFor(''))).toEqual(['versions.tf']);
  expect(filesFor('')['versions.tf']).toContain('backend "s3" {\nbucket = "mine"\nkey = "one.tfstate"\n}\n');
  expect(filesFor('mine')['default.s3.tfbackend']).toBe('bucket = "mine"\nkey = "one.tfstate"\n');
});

test('a stack reads the local state of another one from the ejected folder', () => {
  const stack = (name: string, path: string): Stack => ({
    ...{ name, folder: '' },
    terraform: { backend: { local: { path: `/project/terraform.${name}.tfstate` } } },
    sections: { data: { terraform_remote_state: { other: { backend: 'local', config: { path } } } } },
  });
  const paths = withLocalStates([
    stack('one', '/project/terraform.two.tfstate'),
    stack('two', '/elsewhere.tfstate'),
  ]).map(({ sections }) => JSON.stringify(sections['data']));
  expect(paths).toEqual([
    expect.stringContaining('"path":"../two/terraform.tfstate"'),
    expect.stringContaining('"path":"/elsewhere.tfstate"'),
  ]);
});
