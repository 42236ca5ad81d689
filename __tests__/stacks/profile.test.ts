/** The profile `production`: its defaults, and what it refuses. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ContractError } from '../../constructs/contract-check/contract-error';
import type { Api } from '../../function/contract/api';
import { checkApis } from '../../stacks/check-apis';
import { definitions, readSettings, type Settings, type SettingsError } from '../../stacks/settings';
import { TUTORIAL_APIS } from '../../stacks/tutorial-apis';
import { devices, notes, orders } from '../support/contracts';
import { ROOT } from '../support/local-run';
import { PROJECT_APIS } from '../support/project-apis';
import { synth } from '../support/synth';

/** What the profile production requires. */
const REQUIRED = Object.entries(definitions)
  .filter(([, { productionDemand, production }]) => productionDemand !== undefined && production === undefined)
  .map(([name]) => name);

const COMPLETE = {
  profile: 'production',
  alarmEmail: 'ops@example.com',
  monthlyBudgetUsd: 50,
  reservedConcurrency: 'NONE',
};

const problemsOf = (context: Record<string, unknown>): readonly string[] => {
  try {
    readSettings(context, {});
    return [];
  } catch (error) {
    return (error as SettingsError).problems;
  }
};

describe('the settings of the profile production', () => {
  test('have the defaults of production, unless they are set', () => {
    const { profile, ...settings } = readSettings(COMPLETE, {});
    const differing = Object.entries(settings).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(definitions[name as keyof Settings].default),
    );
    expect([profile, Object.fromEntries(differing)]).toEqual([
      'production',
      {
        alarmEmail: 'ops@example.com',
        monthlyBudgetUsd: 50,
        deletionProtection: true,
        logRetentionDays: 365,
        maxReadUnits: 1000,
        maxWriteUnits: 500,
        requestValidation: true,
        reservedConcurrency: 'NONE',
        xrayTracing: true,
      },
    ]);
    const own = { ...COMPLETE, deletionProtection: false, logRetentionDays: 30, maxReadUnits: 5 };
    expect(readSettings(own, { MAX_WRITE_UNITS: '7' })).toMatchObject({
      deletionProtection: false,
      logRetentionDays: 30,
      maxReadUnits: 5,
      maxWriteUnits: 7,
    });
  });

  test('are the same in the variable PROFILE, in any case of letters', () => {
    expect(readSettings({ ...COMPLETE, profile: 'development' }, { PROFILE: 'Production' })).toEqual(
      readSettings(COMPLETE, {}),
    );
    expect(readSettings({}, {})).toEqual(readSettings({ profile: 'development' }, {}));
    expect(problemsOf({ profile: 'prod' })).toEqual([
      'profile (context of cdktf.json) is "prod"; it must be one of development, production.',
    ]);
  });

  test('are refused together while required settings are not set', () => {
    const problems = problemsOf({ profile: 'production', maxReadUnits: 0, maxWriteUnits: -1, memoryMb: 1 });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(
      [...REQUIRED, 'maxReadUnits', 'maxWriteUnits', 'memoryMb'].sort(),
    );
    expect(problems).toContain(
      'maxReadUnits is 0, but profile is production; set a maximum of read units a second, from 1.',
    );
    expect(problems).toContain(
      'reservedConcurrency is empty, but profile is production; set the maximum of concurrent invocations of each function, or NONE for no maximum.',
    );
  });

  test('are not required in the profile development', () => {
    expect(problemsOf({ maxReadUnits: 0, reservedConcurrency: '' })).toEqual([]);
  });
});

test.each<[unknown, unknown]>([
  [5, 5],
  ['10000', 10_000],
  ['none', 'NONE'],
  ['', ''],
])('reservedConcurrency may be %j', (value, parsed) => {
  expect(readSettings({ reservedConcurrency: value }, {}).reservedConcurrency).toBe(parsed);
});

test.each([0, -1, 1.5, 10_001, 'all', null, true])('reservedConcurrency cannot be %j', (reservedConcurrency) => {
  expect(problemsOf({ reservedConcurrency })).toEqual([
    expect.stringMatching(/^reservedConcurrency .* must be a whole number from 1 to 10000, or NONE\.$/),
  ]);
});

const faultsOf = (api: Api, profile: Settings['profile'] = 'production') => {
  try {
    checkApis([api], profile);
    return [];
  } catch (error) {
    return [...(error as ContractError).faults.values()].flat();
  }
};

describe('a contract in the profile production', () => {
  const paths = (api: Api) => faultsOf(api).map(({ path: place }) => place);

  test('is refused when anybody may call its writing routes, each named', () => {
    expect(faultsOf(orders)).toEqual(
      ['POST', 'PATCH', 'DELETE'].map((method) => ({
        path: expect.stringMatching(`^routes\\["${method} /customers/`) as string,
        message: 'lets anybody write, but profile is production; set auth, or say in public why that is intended',
      })),
    );
    expect(faultsOf(orders, 'development')).toEqual([]);
  });

  test('may say why in public, for all routes or for one', () => {
    expect(paths({ ...orders, public: 'A demonstration' })).toEqual([]);
    const [post = ''] = Object.keys(orders.routes);
    const routes = { ...orders.routes, [post]: { operation: 'create', public: 'A demonstration' } } as Api['routes'];
    expect(paths({ ...orders, routes })).toHaveLength(2);
  });

  test('repeats at synth why anybody may call its writing routes', () => {
    const [post = '', patch = ''] = Object.keys(orders.routes).filter((key) => !key.startsWith('GET'));
    const warnings = (api: Api, settings: object) =>
      synth(api, settings)
        .annotations.filter(({ level }) => level === '@cdktf/warn')
        .map(({ message }) => message);
    const open = { ...orders, public: 'A demonstration' };
    const own = { ...orders.routes, [post]: { operation: 'create', public: 'Visitors order' } } as Api['routes'];
    expect(warnings({ ...open, routes: own }, COMPLETE)).toEqual([
      `Anybody may call ${post}, which write: Visitors order`,
      expect.stringMatching(
        `^Anybody may call ${patch.replace(/[{}]/g, '.')}, DELETE .*, which write: A demonstration$`,
      ),
    ]);
    expect(warnings(open, {})).toEqual([]);
    expect(warnings(notes, COMPLETE)).toEqual([]);
  });

  test('may have open routes that only read, and writing routes with auth', () => {
    expect(paths(notes)).toEqual([]);
    const { 'POST /devices/{serial}/pings': _, ...routes } = devices.routes;
    expect(paths({ ...devices, routes })).toEqual([]);
  });

  test('is refused when a GET route with a handler may write', () => {
    const visit = (table: readonly ('get' | 'update')[]): Api => ({
      ...orders,
      auth: { default: 'iam' },
      routes: { 'GET /visits': { handler: 'visit', table, auth: 'none', responses: { 200: { description: 'Yes' } } } },
    });
    const writing = (api: Api) => paths(api).filter((place) => place.startsWith('routes["'));
    expect(writing(visit(['get']))).toEqual([]);
    expect(writing(visit(['get', 'update']))).toEqual(['routes["GET /visits"]']);
  });
});

test.each(['operations', 'state'])('a contract cannot have the name of the stack %s, in any profile', (name) => {
  expect(faultsOf({ ...orders, name }, 'development')).toEqual([
    { path: 'name', message: `is ${name}, the name of a stack of this project; choose another name` },
  ]);
});

// An API that the reader added needs no auth before the reader chooses the profile.
test('the tutorial APIs have no faults in the profile production', () => {
  expect(PROJECT_APIS.filter(({ name }) => name in TUTORIAL_APIS).flatMap((api) => faultsOf(api))).toEqual([]);
});

test('settings and contracts are refused together, before the synth', () => {
  const out = mkdtempSync(path.join(os.tmpdir(), 'profile-'));
  const { status, stderr } = spawnSync(process.execPath, ['../../app.cjs'], {
    cwd: path.join(ROOT, 'examples/orders'),
    encoding: 'utf8',
    env: { ...process.env, PROFILE: 'production', CDKTF_OUTDIR: out },
  });
  rmSync(out, { recursive: true });
  expect(status).toBe(1);
  const lines = stderr.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^(A setting is|\d settings are) wrong; nothing was synthesized\.$/);
  const settings = lines.filter((line) => line.startsWith('  - ')).map((line) => line.slice(4).split(' ')[0]);
  expect(settings.sort()).toEqual([...REQUIRED].sort());
  expect(lines).toContain('The contract orders has 2 faults:');
  expect(stderr).toMatch(/^ {2}routes\["POST \/customers.*"\] lets anybody write, but profile is production/m);
  expect(stderr).not.toMatch(/^ {4}at /m);
});
