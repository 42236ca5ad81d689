/** Every stack, in every shape, and every example passes the real Terraform with the real AWS provider. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exampleApps, ROOT } from '../scripts/project';
import { synth as synthesizeApp } from '../scripts/terraform/synth';
import { desks, diaries, rooms } from './support/caller-contracts';
import { devices, notes, orders } from './support/contracts';
import { handlers, models, templates, wide } from './support/extreme-contracts';
import { PROJECT_APIS } from './support/project-apis';
import { addresses, synth, type Synthesized, synthOperations, synthState } from './support/synth';
import { initialize, plannedCreations, terraform, unavailable } from './support/terraform';

/** The answer of `terraform validate -json`. */
interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly summary: string; readonly snippet?: { readonly context?: string } }[];
}

type Stack = Pick<Synthesized, 'folder' | 'resource'>;

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const DOMAIN = { domain: 'example.com', hostedZone: 'Z0123456789ABCDEFGHIJ' };

const stacks: readonly { readonly name: string; readonly stack: Stack }[] = [
  ...PROJECT_APIS.flatMap((api) => [
    { name: api.name, stack: synth(api) },
    {
      name: `${api.name}, with a function per route`,
      stack: synth(api, { functionPerRoute: true, requestValidation: true }),
    },
  ]),
  { name: 'an API with sort key, indexes and CORS', stack: synth(orders) },
  {
    name: 'an API with sort key, indexes and CORS, with a function per route',
    stack: synth(orders, { functionPerRoute: true }),
  },
  {
    name: 'an API with tokens, IAM, expiry and a permissions boundary',
    stack: synth(notes, { permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' }),
  },
  { name: 'an HTTP API with an authorizer function and a domain name', stack: synth(desks, DOMAIN) },
  { name: 'a REST API with an authorizer function, CORS and a domain name', stack: synth(rooms, DOMAIN) },
  { name: 'a REST API with Cognito and CORS', stack: synth(diaries, { requestValidation: true }) },
  { name: 'a REST API with models and IAM', stack: synth(devices, { requestValidation: true }) },
  { name: 'an HTTP API with alarms', stack: synth(orders, { alarmEmail: 'ops@example.com' }) },
  {
    name: 'a REST API with alarms, with a function per route',
    stack: synth(devices, { alarmEmail: 'ops@example.com', functionPerRoute: true }),
  },
  {
    name: 'releases in steps with CodeDeploy, of functions and an authorizer',
    stack: synth(rooms, {
      ...{ alarmEmail: 'ops@example.com', canary: 'LambdaLinear10PercentEvery1Minute', functionPerRoute: true },
    }),
  },
  { name: 'texts that look like Terraform templates', stack: synth(templates) },
  {
    name: 'models with such texts, and paths that are difficult to name',
    stack: synth(models, { requestValidation: true }),
  },
  { name: 'handlers with names that Terraform does not allow', stack: synth(handlers, { functionPerRoute: true }) },
  { name: 'as many routes as API Gateway allows', stack: synth(wide(300)) },
  {
    name: 'an HTTP API with a key of the account',
    stack: synth(desks, { kmsKey: KEY, alarmEmail: 'ops@example.com' }),
  },
  {
    name: 'a REST API with a backup',
    stack: synth(devices, {
      backup: true,
      kmsKey: KEY,
      permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
    }),
  },
  { name: 'a budget', stack: synthOperations({ monthlyBudgetUsd: 50, alarmEmail: 'ops@example.com' }) },
  { name: 'the state bucket alone', stack: synthState({ stateBucket: 'acme-terraform-state' }) },
];

/** The stack state with all its parts. A plan would need an account, because the policies contain its id. */
const pipeline = synthState({
  ...{ stateBucket: 'acme-terraform-state', namePrefix: 'acme', githubRepository: 'acme/crud' },
  ...{ githubRepositoryId: '456789', githubOwnerId: '123456' },
  stateAdministrators: ['arn:aws:iam::111122223333:role/admin'],
  stateKmsKey: KEY,
  ...{ kmsKey: KEY, backup: true },
  apiGatewayLogRole: 'CREATE',
});

/** A stack with a key. A plan would need an account, because the policy of the key contains its id. */
const ownKey = synth(orders, {
  kmsKey: 'CREATE',
  githubRepository: 'acme/crud',
  namePrefix: 'acme',
  alarmEmail: 'ops@example.com',
});

const reason = unavailable(stacks[0]?.stack.folder ?? '');

if (reason !== undefined && process.env['REQUIRE_TERRAFORM'] !== '1') {
  // Jest drops the console of a suite that is skipped as a whole.
  process.stderr.write(
    `Skipped: terraform validate and plan, because ${reason}\nREQUIRE_TERRAFORM=1 makes this a failure.\n`,
  );
  test.skip(`terraform validate and plan (${reason.split('\n')[0]})`, () => undefined);
} else {
  test('Terraform and the AWS provider are available', () => {
    expect(reason).toBeUndefined();
  });

  describe.each(stacks)('$name', ({ stack }) => {
    testValidateAndPlan(() => stack);
  });

  describe('the stack state', () => {
    // Version 6 of the provider always resets the settings, and has no such argument.
    testValidate(() => pipeline, ['resource.aws_api_gateway_account.api_gateway_logs: Attribute Deprecated']);
  });

  describe('a stack that creates a key', () => {
    testValidate(() => ownKey);
  });

  // Examples run with their app command, as in `cdktf synth`, and bundle their functions.
  describe.each(exampleApps())('%s', (app) => {
    let out: string;
    let stack: Stack;
    beforeAll(async () => {
      out = mkdtempSync(path.join(os.tmpdir(), 'example-'));
      // With a bucket, the app prints nothing about a local state.
      const environment = { STATE_BUCKET: 'not-used' };
      const all = await synthesizeApp({ root: path.join(ROOT, app), out, environment });
      expect(all.map(({ name }) => name)).toEqual([path.basename(app)]);
      const folder = all[0]?.folder ?? '';
      stack = { folder, ...(JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as object) } as Stack;
    });
    afterAll(() => rmSync(out, { recursive: true }));
    testValidateAndPlan(() => stack);
  });
}

/** @param warnings the expected warnings, each with its place */
function testValidate(stack: () => Stack, warnings: readonly string[] = []): void {
  beforeAll(() => initialize(stack().folder));

  test('terraform validate', () => {
    const { valid, diagnostics } = JSON.parse(terraform(stack().folder, 'validate', '-json')) as Validation;
    expect({
      valid,
      diagnostics: diagnostics.map(({ snippet, summary }) => `${snippet?.context}: ${summary}`),
    }).toEqual({
      valid: true,
      diagnostics: warnings,
    });
  });
}

function testValidateAndPlan(stack: () => Stack): void {
  testValidate(stack);

  test('terraform plan creates exactly what was synthesized', () => {
    expect(plannedCreations(stack().folder)).toEqual(addresses(stack()));
  });
}
