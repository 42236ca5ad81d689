/** The settings of previews, and the names that only previews may have. */
import { App } from 'cdktf';
import { refusePreviewNames } from '../../stacks/preview-names';
import { AwsStack } from '../../constructs/aws-stack';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { definitions, profileOf, readSettings, SettingsError } from '../../stacks/settings';
import { BOUNDARY } from '../support/pipeline-statements';

const PIPELINE = { githubRepository: 'acme/crud', namePrefix: 'acme', previews: 'OWN_ACCOUNT' };
/** A deployment that a company runs. */
const PRODUCTION = {
  ...PIPELINE,
  profile: 'production',
  alarmEmail: 'crud@example.com',
  monthlyBudgetUsd: 50,
  reservedConcurrency: 20,
  domain: 'api.example.com',
  hostedZone: 'Z0123456789ABCDEFGHIJ',
  permissionsBoundary: BOUNDARY,
};

describe('the settings of a preview', () => {
  test('cost little, send no mails and protect nothing, whatever cdktf.json and the environment say', () => {
    const settings = readSettings(PRODUCTION, { ENVIRONMENT: 'pr-7', LOG_RETENTION_DAYS: '30', DOMAIN: 'x.example' });
    expect(settings).toMatchObject({
      environment: 'pr-7',
      profile: 'development',
      deletionProtection: false,
      reservedConcurrency: '',
      alarmEmail: '',
      monthlyBudgetUsd: 0,
      domain: '',
      hostedZone: '',
      logRetentionDays: 3,
    });
  });

  test.each([
    ['backup', 'BACKUP', 'true'],
    ['canary', 'CANARY', 'LambdaCanary10Percent5Minutes'],
    ['kmsKey', 'KMS_KEY', 'CREATE'],
    ['keepDefaultEndpoint', 'KEEP_DEFAULT_ENDPOINT', 'true'],
    ['tableNames', 'TABLE_NAMES', '{"items":"acme-restored"}'],
  ])('turn off %s, which the preview role may not use', (name, variable, value) => {
    const { [name]: definition } = definitions as Readonly<Record<string, { readonly default: unknown }>>;
    const settings = readSettings(PRODUCTION, { ENVIRONMENT: 'pr-7', [variable]: value });
    expect((settings as unknown as Readonly<Record<string, unknown>>)[name]).toEqual(definition?.default);
  });

  test('keep the other settings, and lower limits', () => {
    const limits = { logRetentionDays: 1, maxReadUnits: 5, maxWriteUnits: 4, throttleRate: 3, throttleBurst: 2 };
    const settings = readSettings({ ...PRODUCTION, memoryMb: 512, ...limits }, { ENVIRONMENT: 'pr-7' });
    expect(settings).toMatchObject({ memoryMb: 512, namePrefix: 'acme', ...limits });
  });

  test.each<[string, object]>([
    ['of production', {}],
    ['of the profile development', { profile: 'development' }],
    ['of a removed maximum', { profile: 'development', maxReadUnits: -1, maxWriteUnits: -1 }],
    ['of a large project', { maxReadUnits: 51, maxWriteUnits: 9000, throttleRate: 21, throttleBurst: 5000 }],
  ])('have low limits of units and requests instead of those %s', (_, changes) => {
    expect(readSettings({ ...PRODUCTION, ...changes }, { ENVIRONMENT: 'pr-7' })).toMatchObject({
      ...{ maxReadUnits: 50, maxWriteUnits: 50, throttleRate: 20, throttleBurst: 20 },
      reservedConcurrency: '',
    });
  });

  test('have the boundary of previews, in the account of the boundary of the functions', () => {
    const boundaryOf = (permissionsBoundary: string) =>
      readSettings({ ...PRODUCTION, permissionsBoundary }, { ENVIRONMENT: 'pr-7' }).permissionsBoundary;
    const preview = 'policy/acme-cdktf-serverless-crud-preview-boundary-us-east-1';
    expect(boundaryOf(BOUNDARY)).toBe(`arn:aws:iam::111122223333:${preview}`);
    expect(boundaryOf('arn:aws-cn:iam::444455556666:policy/team/own')).toBe(`arn:aws-cn:iam::444455556666:${preview}`);
    expect(boundaryOf('')).toBe('');
  });

  test('do not need what production requires', () => {
    const incomplete = { ...PRODUCTION, alarmEmail: '', reservedConcurrency: '', monthlyBudgetUsd: 0 };
    expect(() => readSettings(incomplete, {})).toThrow(SettingsError);
    expect(readSettings(incomplete, { ENVIRONMENT: 'pr-7' }).profile).toBe('development');
    expect(profileOf(PRODUCTION, { ENVIRONMENT: 'pr-7' })).toBe('development');
  });

  test.each(['default', 'pr-07', 'pr-7a', 'pr', 'pr-', 'x-pr-7'])('do not apply to the environment %s', (name) => {
    expect(profileOf(PRODUCTION, { ENVIRONMENT: name })).toBe('production');
  });

  test('do not apply without the setting previews', () => {
    const settings = readSettings({ ...PRODUCTION, previews: 'OFF' }, { ENVIRONMENT: 'pr-7' });
    expect(settings).toMatchObject({ profile: 'production', alarmEmail: 'crud@example.com' });
    expect(settings.permissionsBoundary).toBe(BOUNDARY);
  });

  test('fit the maximum of the setting environment for pull requests of 9 digits', () => {
    expect(definitions.environment.parse('pr-999999999')).toEqual({ value: 'pr-999999999' });
  });
});

describe('previews exclude', () => {
  test('settings without a repository', () => {
    expect(() => readSettings({ previews: 'OWN_ACCOUNT' }, {})).toThrow(
      'githubRepository is empty, but previews is OWN_ACCOUNT; set the repository',
    );
  });

  test.each(['pr', 'pr-x', 'pr-staging', 'pr-07'])(
    'the environment %s, whose names look like those of previews',
    (name) => {
      expect(() => readSettings({ ...PIPELINE, environment: name }, {})).toThrow(
        `environment is ${name}, but previews is OWN_ACCOUNT; set an environment other than pr that does not start with pr-:`,
      );
      expect(readSettings({ environment: name }, {}).environment).toBe(name);
    },
  );

  test.each(['preview', 'Preview'])('the environment %s on GitHub for deployments', (githubEnvironment) => {
    expect(() => readSettings({ ...PIPELINE, githubEnvironment }, {})).toThrow(
      `githubEnvironment is ${githubEnvironment}, but previews is OWN_ACCOUNT; set another environment`,
    );
    expect(readSettings({ githubEnvironment }, {}).githubEnvironment).toBe(githubEnvironment);
  });

  test('boolean values of the setting', () => {
    expect(() => readSettings({ ...PIPELINE, previews: true }, {})).toThrow('OFF, OWN_ACCOUNT');
  });

  const names = (settings: object, table: string, functionName = 'acme-x') => {
    const stack = new AwsStack(new App(), 'x', { region: 'us-east-1', tags: {} });
    new DynamodbTable(stack, 'table', { name: table });
    new LambdaFunction(stack, 'function', { functionName, role: 'r' });
    return () => refusePreviewNames([stack], readSettings({ ...PIPELINE, ...settings }, {}));
  };

  test.each(['acme-open-pr-list', 'acme-my-pr-function', 'acme-x-pr-7'])(
    'the name %s in other environments',
    (name) => {
      expect(names({}, name)).toThrow(`the preview role could use ${name}: names of previews contain -pr-`);
      expect(names({}, 'acme-x', name)).toThrow(`the preview role could use ${name}`);
    },
  );

  test('the name of an index, which the ARN of the table contains', () => {
    const stack = new AwsStack(new App(), 'x', { region: 'us-east-1', tags: {} });
    const index = (name: string) => ({ name, hashKey: 'x', projectionType: 'ALL' });
    const table = new DynamodbTable(stack, 'table', { name: 'acme-x', globalSecondaryIndex: [index('by-pr-date')] });
    const check = () => refusePreviewNames([stack], readSettings(PIPELINE, {}));
    expect(check).toThrow('the preview role could use acme-x/index/by-pr-date');
    table.putGlobalSecondaryIndex([index('by-date')]);
    expect(check).not.toThrow();
  });

  test('no other names, and no names when previews is OFF, or in a preview', () => {
    expect(names({}, 'acme-products', 'acme-print-function')).not.toThrow();
    expect(names({}, 'acme-orders-pr')).not.toThrow();
    expect(names({ previews: 'OFF' }, 'acme-open-pr-list')).not.toThrow();
    expect(names({ environment: 'pr-7' }, 'acme-items-pr-7')).not.toThrow();
  });
});
