import { parsePlan, summarize } from '../src';
import type { RawPlan } from '../src/read/schema';
import { digestOf, KEY, rawPlan, resource } from './support/plans';

test('a change of anything else that the apply does, or runs with, changes the digest', () => {
  const base = {
    ...rawPlan(resource('t', { actions: ['update'], before: { a: 1 }, after: { a: 2 } })),
    applyable: true,
  };
  const configured = (root_module: object, provider_config = {}) => ({
    ...base,
    configuration: { provider_config, root_module },
  });
  const provider = (expressions: object) => configured({}, { aws: { full_name: 'hashicorp/aws', expressions } });
  const resourceOf = (key: string) => configured({ resources: [{ address: 't.a', provider_config_key: key }] });
  const moduleOf = (expressions: object, value?: string) => {
    const module = { variables: { region: value === undefined ? {} : { default: value } } };
    const region = { references: ['var.region'] };
    return configured(
      { module_calls: { m: { expressions, module } } },
      { 'module.m:aws': { expressions: { region } } },
    );
  };
  const provisioned = (command: object) =>
    configured({ resources: [{ address: 't.a', provisioners: [{ type: 'local-exec', expressions: { command } }] }] });
  const program = (argument: string) =>
    configured({
      resources: [
        {
          address: 'data.external.a',
          mode: 'data',
          type: 'external',
          expressions: { program: { constant_value: [argument] } },
        },
      ],
    });
  const invoked = (more: object) => ({ ...base, action_invocations: [{ address: 'action.a.b', type: 'a', ...more }] });
  const checked = (message: string, status = 'fail') => ({
    ...base,
    checks: [
      {
        address: { to_display: 'check.a' },
        status,
        instances: [{ address: { to_display: 'check.a' }, status, problems: [{ message }] }],
      },
    ],
  });
  const variable = (value: string) => ({
    ...provider({ region: { references: ['local.x'] } }),
    variables: { v: { value } },
  });
  const drift = (a: number) => ({
    ...base,
    resource_changes: [],
    resource_drift: [resource('t', { actions: ['update'], before: { a: 1 }, after: { a } })],
  });
  const reason = (action_reason: string) =>
    rawPlan({ ...resource('t', { actions: ['delete', 'create'] }), action_reason });
  const others = [
    base,
    provider({ region: { constant_value: 'a' } }),
    provider({ region: { constant_value: 'b' } }),
    provider({ region: { references: ['var.b'] } }),
    provider({ secret_key: { constant_value: 'a' } }),
    provider({ secret_key: { constant_value: 'b' } }),
    variable('a'),
    variable('b'),
    resourceOf('aws'),
    resourceOf('aws.other'),
    moduleOf({ region: { constant_value: 'a' } }),
    moduleOf({ region: { constant_value: 'b' } }),
    moduleOf({ region: { references: ['var.a'] } }),
    moduleOf({}, 'a'),
    moduleOf({}, 'b'),
    provisioned({ constant_value: 'a' }),
    provisioned({ constant_value: 'b' }),
    provisioned({ references: ['self.id'] }),
    program('a'),
    program('b'),
    invoked({}),
    invoked({ provider_name: 'registry.terraform.io/a/a' }),
    invoked({ provider_name: 'registry.terraform.io/b/a' }),
    invoked({ config_values: { a: 1 } }),
    invoked({ config_values: { a: 's' }, config_sensitive: { a: true } }),
    invoked({ config_values: { a: 't' }, config_sensitive: { a: true } }),
    invoked({ lifecycle_action_trigger: { action_trigger_event: 'AfterCreate' } }),
    { ...base, action_invocations: [...invoked({}).action_invocations, ...invoked({}).action_invocations] },
    checked('a'),
    checked('b'),
    checked('a', 'error'),
    drift(2),
    drift(3),
    reason('replace_because_tainted'),
    reason('replace_by_request'),
  ].map((raw) => digestOf(raw));
  expect(new Set(others).size).toBe(others.length);
});

/** A plan that attaches a policy to a role whose name is known only after the apply. */
function attachedTo(reference: string, name = 'x'): RawPlan {
  const change = { actions: ['create'], before: null, after: { policy: '{}', tags: { a: 'b' } } };
  const unknown = { after_unknown: { role: true, tags: { c: true } } };
  const expressions = { role: { references: [reference] }, policy: { references: ['aws_iam_role.known.id'] } };
  const resources = [{ address: 'aws_iam_role_policy.a', expressions }];
  return {
    ...rawPlan(resource('aws_iam_role_policy', { ...change, ...unknown })),
    configuration: { root_module: { resources } },
    variables: { role: { value: name } },
  };
}

test('the references of an unknown attribute change the digest, and are shown', () => {
  const [own, boss] = [attachedTo('aws_iam_role.own.id'), attachedTo('aws_iam_role.boss.id')];
  expect(digestOf(own)).not.toBe(digestOf(boss));
  const summary = summarize([parsePlan(boss, 'plan.json', 'stack')], { key: KEY });
  expect(summary).toContain('  role from aws_iam_role.boss.id');
  expect(summary).not.toContain('aws_iam_role.known');
});

test('a variable that an unknown attribute refers to changes the digest', () => {
  expect(digestOf(attachedTo('var.role', 'own'))).not.toBe(digestOf(attachedTo('var.role', 'boss')));
  expect(digestOf(attachedTo('aws_iam_role.a.id', 'own'))).toBe(digestOf(attachedTo('aws_iam_role.a.id', 'boss')));
});

test('the references of a write-only argument change the digest', () => {
  const withReference = (reference: string) => ({
    ...rawPlan(resource('t', { actions: ['create'], before: null, after: { a: 1, token_wo: null } })),
    configuration: {
      root_module: { resources: [{ address: 't.a', expressions: { token_wo: { references: [reference] } } }] },
    },
  });
  expect(digestOf(withReference('ephemeral.a.b.token'))).not.toBe(digestOf(withReference('ephemeral.a.c.token')));
});

test('an ephemeral resource changes the digest, and is shown without a warning', () => {
  const withSecret = (id: string) => {
    const expressions = { secret_id: { constant_value: id } };
    const type = 'aws_secretsmanager_secret_version';
    const resources = [{ address: `ephemeral.${type}.a`, mode: 'ephemeral', type, expressions }];
    const changed = resource('t', { actions: ['update'], before: { a: 1 }, after: { a: 2 } });
    return { ...rawPlan(changed), configuration: { root_module: { resources } } };
  };
  expect(digestOf(withSecret('own'))).not.toBe(digestOf(withSecret('boss')));
  const plan = parsePlan(withSecret('boss'), 'plan.json', 'stack');
  const summary = summarize([plan], { key: KEY });
  expect(summary).toContain('  secret_id: "boss"');
  expect(summary).not.toContain('Runs programs');
});

test('a variable that no setting depends on does not change the digest', () => {
  const raw = rawPlan(resource('t', { actions: ['create'], before: null, after: { a: 1 } }));
  expect(digestOf({ ...raw, variables: { v: { value: 'a' } } })).toBe(digestOf(raw));
});
