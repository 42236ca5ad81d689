/** Plans with parts that the reader does not know, or that are incomplete. The reader refuses them by name. */
import { afterUpdate, type Attack, type Attributes, invocation, output, planOf, resource } from '../build';

/** A field that nobody knows. */
const unknownField = { tide: { height: 3 } };
const queue = (change: Attributes = {}, more: Attributes = {}) =>
  resource('aws_thing.a', { a: 1 }, { a: 2 }, change, more);

const REFUSED: readonly (readonly [hides: string, plan: string, refused: RegExp])[] = [
  ['an unknown action', planOf({ resources: [queue({ actions: ['evaporate'] })] }), /evaporate/],
  ['an unknown list of actions', planOf({ resources: [queue({ actions: ['update', 'delete'] })] }), /update|actions/],
  ['no action at all', planOf({ resources: [queue({ actions: [] })] }), /actions/],
  ['an unknown reason', planOf({ resources: [queue({}, { action_reason: 'replace_by_whim' })] }), /replace_by_whim/],
  ['an unknown field of the plan', planOf(unknownField), /tide/],
  ['an unknown field of a resource', planOf({ resources: [queue({}, unknownField)] }), /tide/],
  ['an unknown field of a change', planOf({ resources: [queue(unknownField)] }), /tide/],
  [
    'an unknown field of an import',
    planOf({ resources: [queue({ importing: { id: 'a', ...unknownField } })] }),
    /tide/,
  ],
  [
    'an unknown field of an output',
    planOf({ output_changes: { a: output({ actions: ['create'], before: null, after: 1, ...unknownField }) } }),
    /tide/,
  ],
  ['an unknown field of the configuration', planOf({ root: unknownField }), /tide/],
  [
    'an unknown field of a provider',
    planOf({ providers: { b: { name: 'b', full_name: 'b', ...unknownField } } }),
    /tide/,
  ],
  [
    'an unknown field of a configured resource',
    planOf({ root: { resources: [{ address: 'aws_thing.a', ...unknownField }] } }),
    /tide/,
  ],
  [
    'an unknown field of a module',
    planOf({ root: { module_calls: { a: { source: './a', module: {}, ...unknownField } } } }),
    /tide/,
  ],
  [
    'an unknown field within a module',
    planOf({ root: { module_calls: { a: { source: './a', module: unknownField } } } }),
    /tide/,
  ],
  [
    'an unknown field of an action',
    planOf({ action_invocations: [invocation({ ...afterUpdate, ...unknownField })] }),
    /tide/,
  ],
  [
    'an unknown trigger of an action',
    planOf({ action_invocations: [invocation({ moon_action_trigger: {} })] }),
    /moon_action_trigger/,
  ],
  ['an unknown mode', planOf({ resources: [queue({}, { mode: 'spectral' })] }), /spectral|mode/],
  ['an ephemeral resource that changes', planOf({ resources: [queue({}, { mode: 'ephemeral' })] }), /ephemeral|mode/],
  ['a format of the future', planOf({ format_version: '2.0' }), /2\.0/],
  ['a minor format of the future', planOf({ format_version: '1.9' }), /1\.9/],
  ['a plan that ended with an error', planOf({ errored: true }), /errored/],
  ['a partial plan', planOf({ complete: false }), /complete/],
  [
    'deferred changes',
    planOf({ deferred_changes: [{ reason: 'resource_config_unknown', resource_change: {} }] }),
    /deferred/,
  ],
  [
    'deferred actions',
    planOf({ deferred_action_invocations: [{ reason: 'x', action_invocation: invocation() }] }),
    /deferred/,
  ],
  [
    'an update of a data source',
    planOf({
      resources: [resource('data.aws_thing.a', { a: 1 }, { a: 2 }, { actions: ['update'] }, { mode: 'data' })],
    }),
    /data\.aws_thing\.a.*update/,
  ],
  ['an import of an unknown object', planOf({ resources: [queue({ importing: { unknown: true } })] }), /unknown/],
  ['a resource of an unknown index', planOf({ resources: [queue({}, { index_unknown: true })] }), /index_unknown/],
  ['two changes of one address', planOf({ resources: [queue(), queue({ actions: ['no-op'] })] }), /aws_thing\.a/],
  ['a state in place of a plan', JSON.stringify({ format_version: '1.0', values: { root_module: {} } }), /state/],
  [
    'an output in a duplicate key',
    planOf({ output_changes: { a: output({ actions: ['no-op'], before: 1, after: 1 }) } }).replace(
      '"output_changes":{',
      '"output_changes":{"a":{"actions":["update"],"before":1,"after":2},',
    ),
    /a/,
  ],
  [
    'resource_changes in a duplicate key',
    planOf().replace('"resource_changes":', '"resource_changes":[],"resource_changes":'),
    /resource_changes|twice|double|duplicate/i,
  ],
];

export const refusals: readonly Attack[] = REFUSED.map(([hides, plan, refused]) => ({
  ...{ hides, reviewed: planOf(), plan, refused },
}));
