/**
 * Every stack, in every shape, and every example passes the real Terraform with the real AWS provider. The stacks are modules of one
 * configuration, because Terraform and the provider take seconds to start.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exampleApps, ROOT } from '../scripts/project';
import { withAccount } from '../scripts/terraform/account';
import { initializeModules } from '../scripts/terraform/offline';
import { synth as synthesizeApp } from '../scripts/terraform/synth';
import { terraform } from '../scripts/terraform/terraform';
import { desks, diaries, rooms } from './support/caller-contracts';
import { devices, notes, orders } from './support/contracts';
import { handlers, models, templates, wide } from './support/extreme-contracts';
import { PROJECT_APIS } from './support/project-apis';
import { addresses, synth, type Synthesized, synthOperations, synthState } from './support/synth';
import { initialize, plannedCreations, unavailable } from './support/terraform';

/** The answer of `terraform validate -json`. */
interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

interface Diagnostic {
  readonly summary: string;
  readonly range?: { readonly filename: string };
  readonly snippet?: { readonly context?: string };
}

interface Stack extends Pick<Synthesized, 'folder' | 'resource'> {
  /** Of the test. */
  readonly title: string;
  /** Of the module. */
  readonly name: string;
}

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const DOMAIN = { domain: 'example.com', hostedZone: 'Z0123456789ABCDEFGHIJ' };

const shapes: readonly { readonly name: string; readonly stack: Synthesized }[] = [
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
  {
    name: 'the stack state with all its parts',
    stack: synthState({
      ...{ stateBucket: 'acme-terraform-state', namePrefix: 'acme', githubRepository: 'acme/crud' },
      ...{ githubRepositoryId: '456789', githubOwnerId: '123456' },
      stateAdministrators: ['arn:aws:iam::111122223333:role/admin'],
      stateKmsKey: KEY,
      ...{ kmsKey: KEY, backup: true, ...DOMAIN, alarmEmail: 'ops@example.com' },
      ...{ canary: 'LambdaCanary10Percent5Minutes', previews: 'SHARED_ACCOUNT' },
      apiGatewayLogRole: 'CREATE',
    }),
  },
  {
    name: 'the stack state of an account of previews, with created keys',
    stack: synthState({
      ...{ stateBucket: 'acme-previews', namePrefix: 'acme', githubRepository: 'acme/crud' },
      ...{ githubRepositoryId: '456789', githubOwnerId: '123456' },
      ...{ kmsKey: 'CREATE', previews: 'OWN_ACCOUNT', githubOidcProvider: 'EXISTING' },
    }),
  },
  {
    name: 'a stack that creates a key',
    stack: synth(orders, {
      ...{ kmsKey: 'CREATE', githubRepository: 'acme/crud', namePrefix: 'acme', alarmEmail: 'ops@example.com' },
    }),
  },
];

/** The expected warnings, each with its stack and place. */
const WARNINGS = [
  // Version 6 of the provider always resets the settings, and has no such argument.
  'the stack state with all its parts: resource.aws_api_gateway_account.api_gateway_logs: Attribute Deprecated',
];

/** A stack with its own provider, backend and default tags, and the reason why Terraform cannot plan. */
const whole = synth(orders);
const reason = unavailable(whole.folder);

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

  test('a stack with its own provider and backend', async () => {
    initialize(whole.folder);
    expect(await validate(whole.folder)).toMatchObject({ valid: true, diagnostics: [] });
    expect(await plannedCreations(whole.folder)).toEqual(addresses(whole));
  });

  describe('all stacks', () => {
    testStacks();
  });
}

function testStacks(): void {
  let workspace: string;
  let root: string;
  let stacks: readonly Stack[];
  let validation: Validation;
  let creations: readonly string[];

  beforeAll(async () => {
    workspace = mkdtempSync(path.join(os.tmpdir(), 'terraform-test-'));
    stacks = [
      ...shapes.map(({ name, stack }, index) => ({ ...stack, title: name, name: `shape-${index}` })),
      ...(await synthesizeExamples(workspace)),
    ];
    root = path.join(workspace, 'all');
    await withAccount(async (sts) => {
      await initializeModules(stacks, root, sts);
      validation = await validate(root);
      creations = await plannedCreations(root);
    });
  }, 300_000);

  afterAll(() => rmSync(workspace, { recursive: true }));

  const titles = [...shapes.map(({ name }) => name), ...exampleApps()];

  test('each stack has a module', () => {
    expect(stacks.map(({ title }) => title)).toEqual(titles);
  });

  test('terraform validate', () => {
    const diagnostics = validation.diagnostics.map(({ range, snippet, summary }) => {
      const folder = path.dirname(path.resolve(root, range?.filename ?? ''));
      const title = stacks.find((stack) => stack.folder === folder)?.title;
      return `${title}: ${snippet?.context}: ${summary}`;
    });
    expect({ valid: validation.valid, diagnostics }).toEqual({ valid: true, diagnostics: WARNINGS });
  });

  test.each(titles)('terraform plan creates exactly what was synthesized: %s', (title) => {
    const stack = stacks.find((candidate) => candidate.title === title);
    const prefix = `module.${stack?.name}.`;
    const own = creations.filter((address) => address.startsWith(prefix));
    expect(own.map((address) => address.slice(prefix.length))).toEqual(stack && addresses(stack));
  });
}

async function validate(folder: string): Promise<Validation> {
  const { stdout } = await terraform(folder, ['validate', '-json'], { statuses: [0, 1] });
  return JSON.parse(stdout) as Validation;
}

/** Synthesizes the examples with their app command, as in `cdktf synth`, which bundles their functions. */
async function synthesizeExamples(workspace: string): Promise<Stack[]> {
  const stacks: Stack[] = [];
  for (const app of exampleApps()) {
    const out = path.join(workspace, app.replaceAll('/', '-'));
    // With a bucket, the app prints nothing about a local state.
    const synthesized = await synthesizeApp({
      root: path.join(ROOT, app),
      out,
      environment: { STATE_BUCKET: 'not-used' },
    });
    expect(synthesized.map(({ name }) => name)).toEqual([path.basename(app)]);
    const folder = synthesized[0]?.folder ?? '';
    const json = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as Pick<Stack, 'resource'>;
    stacks.push({ ...json, folder, title: app, name: `example-${path.basename(app)}` });
  }
  return stacks;
}
