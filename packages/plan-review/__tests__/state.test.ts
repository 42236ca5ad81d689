/** Reads the own accounts and the secrets from the state of a plan. */
import type { RawChange } from '../src/read/schema';
import { AWS, constant, parse, references } from './support/configuration';
import { resource } from './support/plans';

test('finds the accounts of existing resources, and ignores accounts that the author of a change writes', () => {
  const arn = (account: string) => `arn:aws:sqs:eu-west-1:${account}:q`;
  const other = arn('999999999999');
  const state = (mode: string, type: string, values: object, more: object = {}) => ({
    address: `${type}.a`,
    mode,
    type,
    provider_name: AWS,
    values,
    ...more,
  });
  const change = (type: string, raw: RawChange, provider_name = AWS) => ({ ...resource(type, raw), provider_name });
  const plan = parse({
    configuration: { root_module: { resources: [{ address: 'aws_x.a', expressions: { arn: constant(other) } }] } },
    prior_state: {
      values: {
        root_module: {
          resources: [
            state('managed', 'aws_sqs_queue', { arn: arn('111122223333'), policy: other }),
            state('data', 'aws_caller_identity', { account_id: '222233334444' }),
            state('data', 'aws_sqs_queue', { arn: other }),
            state('managed', 'aws_sns_topic_policy', { arn: other }),
            state('managed', 'aws_x', { arn: other }),
            state('managed', 'aws_kms_key', { arn: other }),
            state('managed', 'thing', { arn: other }, { provider_name: 'registry.terraform.io/x/thing' }),
          ],
          child_modules: [{ resources: [state('managed', 'aws_sqs_queue', { arn: arn('333344445555') })] }],
        },
      },
    },
    resource_changes: [
      change('aws_a', { actions: ['delete'], before: { arn: arn('444455556666') }, after: null }),
      change('aws_b', { actions: ['create'], before: null, after: { arn: other } }),
      change('aws_kms_key', { actions: ['no-op'], before: { arn: other }, after: {}, importing: { id: 'k' } }),
      change('c', { actions: ['delete'], before: { arn: other }, after: null }, 'registry.terraform.io/x/c'),
    ],
  });
  expect([...plan.ownAccounts].sort()).toEqual(['111122223333', '222233334444', '333344445555', '444455556666']);
});

test('a second provider configuration with other credentials makes no own account', () => {
  const arn = (account: string) => ({ arn: `arn:aws:sqs:eu-west-1:${account}:q` });
  const accountsWith = (expressions: object, accounts: Readonly<Record<string, string>>) => {
    const names = Object.keys(accounts);
    const resources = names.map((name) => ({ address: `aws_sqs_queue.${name}`, provider_config_key: `aws.${name}` }));
    const state = names.map((name) => ({
      ...{ address: `aws_sqs_queue.${name}`, mode: 'managed', type: 'aws_sqs_queue', provider_name: AWS },
      values: arn(accounts[name] ?? ''),
    }));
    const plan = parse({
      configuration: {
        provider_config: { 'aws.own': { full_name: AWS }, 'aws.partner': { full_name: AWS, expressions } },
        root_module: { resources },
      },
      prior_state: { values: { root_module: { resources: state } } },
    });
    return [...plan.ownAccounts];
  };
  const both = { own: '111122223333', partner: '444455556666' };
  expect(accountsWith({ assume_role: [{ role_arn: constant('r') }] }, both)).toEqual(['111122223333']);
  expect(accountsWith({ profile: references('var.profile') }, both)).toEqual(['111122223333']);
  expect(accountsWith({ region: constant('eu-west-1') }, both)).toEqual(['111122223333', '444455556666']);
  expect(accountsWith({ profile: constant('p') }, { partner: '444455556666' })).toEqual(['444455556666']);
});

test('collects the secrets of the state: data sources are only there', () => {
  const secret = { mode: 'data', type: 'aws_a', values: { s: 'one', t: 'open' }, sensitive_values: { s: true } };
  const called = { ...secret, values: { s: 'two', t: 'open' } };
  const outputs = { a: { sensitive: true, value: 'three' }, b: { sensitive: false, value: 'open' } };
  const root_module = { resources: [secret], child_modules: [{ resources: [called] }] };
  expect(parse({ prior_state: { values: { root_module, outputs } } }).secrets).toEqual(['one', 'two', 'three']);
});
