import { PlanError, parsePlan } from '../src';
import { ACTION_LISTS, readAction } from '../src/read/actions';
import type { RawChange, RawPlan } from '../src/read/schema';
import { fixtureNames, rawFixture, rawPlan, resource } from './support/plans';

const parse = (raw: object) => parsePlan(raw, 'plan.json', 'stack');
const update: RawChange = { actions: ['update'], before: { a: 1 }, after: { a: 2 } };
const valid = rawPlan(resource('t', update));

test.each(fixtureNames)('accepts the recorded plan %s', (name) => {
  expect(() => parse(rawFixture(name))).not.toThrow();
});

/** A plan with a field at some place. */
const withField: Readonly<Record<string, (field: object) => object>> = {
  '': (field) => ({ ...valid, ...field }),
  '/resource_changes/0': (field) => rawPlan({ ...resource('t', update), ...field }),
  '/resource_drift/0': (field) => ({ ...valid, resource_drift: [{ ...resource('t', update), ...field }] }),
  '/resource_changes/0/change': (field) => rawPlan(resource('t', { ...update, ...field })),
  '/resource_changes/0/change/importing': (field) => rawPlan(resource('t', { ...update, importing: { ...field } })),
  '/output_changes/o': (field) => ({ ...valid, output_changes: { o: { ...update, ...field } } }),
  '/action_invocations/0': (field) => ({
    ...valid,
    action_invocations: [{ address: 'action.a.b', type: 'a', ...field }],
  }),
  '/checks/0': (field) => ({ ...valid, checks: [{ address: { to_display: 'check.a' }, status: 'pass', ...field }] }),
  '/variables/v': (field) => ({ ...valid, variables: { v: { value: 1, ...field } } }),
  '/configuration': (field) => ({ ...valid, configuration: field }),
  '/configuration/provider_config/aws': (field) => ({ ...valid, configuration: { provider_config: { aws: field } } }),
  '/configuration/root_module': (field) => ({ ...valid, configuration: { root_module: field } }),
  '/configuration/root_module/resources/0': (field) => ({
    ...valid,
    configuration: { root_module: { resources: [{ address: 't.a', ...field }] } },
  }),
  '/configuration/root_module/resources/0/provisioners/0': (field) => ({
    ...valid,
    configuration: { root_module: { resources: [{ address: 't.a', provisioners: [{ type: 'file', ...field }] }] } },
  }),
  '/configuration/root_module/module_calls/m/module': (field) => ({
    ...valid,
    configuration: { root_module: { module_calls: { m: { module: field } } } },
  }),
};

test.each(Object.entries(withField))('refuses an unknown field in the plan%s, by its name', (place, make) => {
  expect(() => parse(make({}))).not.toThrow();
  expect(() => parse(make({ destroy_everything: true }))).toThrow(PlanError);
  expect(() => parse(make({ destroy_everything: true }))).toThrow(
    `plan.json: ${place || 'it'} has the field "destroy_everything", which plan-review does not know. `,
  );
});

test('an error contains no line end, control character or direction mark of the plan', () => {
  const refused = (make: object) => {
    try {
      parse(make);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const name = 'a\n\u001b[2J\u202e';
  const messages = [
    refused({ ...valid, output_changes: { [name]: { actions: ['explode'] } } }),
    refused({ ...valid, [name]: 1 }),
    refused({ ...valid, deferred_changes: [{ resource_change: { address: name } }] }),
    refused(rawPlan({ ...resource('t', update), address: name }, { ...resource('t', update), address: name })),
  ];
  for (const message of messages) expect(message).toMatch(/^plan\.json: [ -~]*\\n[ -~]*\\u[ -~]*$/);
});

test('names the version of Terraform that wrote an unknown field', () => {
  expect(() => parse({ ...valid, terraform_version: '1.99.0', quota_changes: [] })).toThrow(
    'Update plan-review, or plan with an older version of Terraform "1.99.0"',
  );
});

test.each(ACTION_LISTS)('reads the actions %j as %s', (actions, action) => {
  const raw = { ...resource('t', { ...update, actions }), previous_address: 't.old' };
  const plan = parse(rawPlan(action === 'read' ? { ...raw, mode: 'data' } : raw));
  expect([...plan.changes, ...plan.reads]).toMatchObject([{ action }]);
});

test('an unknown list of actions is an error, and never a resource without a change', () => {
  expect(() => readAction('t.a', ['delete', 'forget'])).toThrow(PlanError);
  expect(() => readAction('t.a', ['delete', 'forget'])).toThrow(
    '"t.a" has the actions ["delete","forget"], which plan-review does not know.',
  );
});

test.each<readonly [string, object, RegExp]>([
  [
    'an unknown action',
    rawPlan(resource('t', { ...update, actions: ['explode'] })),
    /actions must be .*, not \["explode"\]/,
  ],
  [
    'an unknown combination of actions',
    rawPlan(resource('t', { ...update, actions: ['forget', 'delete'] })),
    /not \["forget","delete"\]/,
  ],
  [
    'an unknown reason',
    rawPlan({ ...resource('t', update), action_reason: 'replace_by_mood' }),
    /action_reason must be .*, not "replace_by_mood"/,
  ],
  [
    'an ephemeral resource',
    rawPlan({ ...resource('t', update), mode: 'ephemeral' as 'data' }),
    /mode must be .*, not "ephemeral"/,
  ],
  [
    'an import with an unknown id',
    rawPlan(resource('t', { ...update, importing: { unknown: true } as object })),
    /unknown must be .*, not true/,
  ],
  [
    'an unknown index',
    rawPlan({ ...resource('t', update), index_unknown: true } as never),
    /index_unknown must be .*, not true/,
  ],
  [
    'format version 2',
    { ...valid, format_version: '2.0' },
    /has format_version "2\.0"; only 1\.0, 1\.1, 1\.2 are supported/,
  ],
  ['format version 1.3', { ...valid, format_version: '1.3' }, /has format_version "1\.3"/],
  [
    'deferred changes',
    { ...valid, deferred_changes: [{ reason: 'unknown', resource_change: resource('t', update, 'late') }] },
    /deferred these changes to a later plan \(deferred_changes\): "t\.late"\. Plan again without -allow-deferral/,
  ],
  [
    'deferred invocations',
    { ...valid, deferred_action_invocations: [{ reason: 'unknown', action_invocation: { address: 'action.a.b' } }] },
    /\(deferred_action_invocations\): "action\.a\.b"\./,
  ],
  [
    'a data source that changes',
    rawPlan({ ...resource('t', update), address: 'data.t.a', mode: 'data' }),
    /the data source "data\.t\.a" has the actions \["update"\]; only no-op, read, delete are supported\./,
  ],
  [
    'a data source that is replaced',
    rawPlan({ ...resource('t', { ...update, actions: ['delete', 'create'] }), mode: 'data' }),
    /has the actions \["delete","create"\]/,
  ],
  [
    'a resource that is listed twice',
    rawPlan(resource('t', update), resource('t', update)),
    /has "t\.a" twice in resource_changes/,
  ],
])('refuses %s', (_, raw, message) => {
  expect(() => parse(raw)).toThrow(PlanError);
  expect(() => parse(raw)).toThrow(message);
});

test('accepts a resource and its deposed object, and empty lists of deferred changes', () => {
  const deposed = { ...resource('t', { actions: ['delete'], before: {}, after: null }), deposed: '1a2b3c4d' };
  const raw: RawPlan = {
    ...rawPlan(resource('t', update), deposed),
    deferred_changes: [],
    deferred_action_invocations: [],
  };
  expect(parse(raw).changes.map(({ address }) => address)).toEqual(['t.a', 't.a (deposed 1a2b3c4d)']);
});
