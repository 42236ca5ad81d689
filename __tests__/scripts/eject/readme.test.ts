/** The README of an ejected folder: the steps that depend on the stacks and on the settings. */
import type { EjectedStack } from '../../../scripts/eject/ejected-stack';
import { readme } from '../../../scripts/eject/readme';
import { readSettings, type Settings } from '../../../stacks/settings';

const defaults = readSettings({}, {});

function stack(name: string, ...types: string[]): EjectedStack {
  const resource = Object.fromEntries(types.map((type) => [type, { one: {} }]));
  return { name, variables: [], archives: [], configuration: {}, files: [], sections: { resource } };
}

const text = (stacks: readonly EjectedStack[], settings: Partial<Settings> = {}) =>
  readme(stacks, { ...defaults, ...settings }, []);

const ROLE = 'aws apigateway update-account --region eu-west-1';

test('shows how to create the role for access logs of REST APIs', () => {
  const stacks = [stack('shop', 'aws_api_gateway_stage'), stack('links', 'aws_apigatewayv2_stage')];
  const printed = text(stacks, { region: 'eu-west-1' });
  expect(printed).toContain('In `shop`, a REST API writes access logs.');
  expect(printed).toContain(ROLE);
});

test('does not show the role without a REST API, and when a folder creates the role', () => {
  expect(text([stack('links', 'aws_apigatewayv2_stage')])).not.toContain('update-account');
  expect(text([stack('shop', 'aws_api_gateway_stage'), stack('state', 'aws_api_gateway_account')])).not.toContain(
    'update-account',
  );
});

test('gives a second environment another state: a workspace for local states, another key in a bucket', () => {
  expect(text([stack('links')])).toContain(
    'terraform workspace new staging\nterraform apply -var environment=staging\n',
  );
  const inBucket = text([stack('links')], { stateBucket: 'acme-states' });
  expect(inBucket).toContain('terraform init -reconfigure -backend-config=staging.s3.tfbackend\n');
  expect(inBucket).not.toContain('workspace');
});

test('copies only the states that are local files', () => {
  const own = { ...stack('own'), configuration: { backend: { s3: { bucket: 'mine' } } } };
  const printed = text([stack('links'), own]);
  expect(printed).toContain('cp PROJECT/terraform.links.tfstate links/terraform.tfstate\n');
  expect(printed).not.toContain('terraform.own.tfstate');
});

test('with a bucket, names the folders with a backend of their own, and copies their local states', () => {
  const inBucket = { ...stack('links'), configuration: { backend: { s3: { bucket: 'acme-states' } } } };
  const local = { ...stack('own'), configuration: { backend: { local: { path: 'own.tfstate' } } } };
  const note = 'run `terraform init` without `-backend-config`';
  const printed = text([inBucket, local], { stateBucket: 'acme-states' });
  expect(printed).toContain(`In \`own\`, ${note}`);
  expect(printed).toContain('cp PROJECT/terraform.own.tfstate own/terraform.tfstate\n');
  expect(printed).not.toContain('terraform.links.tfstate');
  expect(text([inBucket], { stateBucket: 'acme-states' })).not.toContain(note);
});
