/** Replaces the values of settings in a stack by variables. */
import type { Block } from '../../../scripts/eject/hcl';
import { PlacesOfSettings } from '../../../scripts/eject/places';
import { candidatesOf, SETTING_VARIABLES } from '../../../scripts/eject/variables';
import { withReadableNames } from '../../../scripts/eject/readable-names';
import { definitions, readSettings } from '../../../stacks/settings';

const SETTINGS = readSettings({ environment: 'staging', memoryMb: 512, alarmPeriods: 3 }, {});

/** The stack that the function makes of a setting's value. */
function replace(stackOf: (value: (setting: string) => number | string) => Block) {
  const candidates = candidatesOf(SETTINGS);
  const values = (kind: 'value' | 'probe') => (setting: string) =>
    candidates.find((candidate) => candidate.setting === setting)?.[kind] ?? '';
  const places = new PlacesOfSettings(candidates);
  return { stack: places.replace(stackOf(values('value')), stackOf(values('probe'))), unexplained: places.unexplained };
}

test('a value becomes a variable when it is alone, in a text, or increased by one', () => {
  const { stack, unexplained } = replace((value) => ({
    memory: value('memoryMb'),
    text: `has ${value('memoryMb')} MB, not 1512 MB`,
    periods: Number(value('alarmPeriods')) + 1,
    same: 512,
  }));
  expect(unexplained).toEqual([]);
  expect(stack).toEqual({
    memory: '${var.memory_mb}',
    text: 'has ${var.memory_mb} MB, not 1512 MB',
    periods: '${var.alarm_periods + 1}',
    same: 512,
  });
});

test('names leave out an empty prefix', () => {
  const { stack } = replace((value) => {
    const prefix = value('namePrefix') === '' ? '' : `${value('namePrefix')}-`;
    return { name: `${prefix}items-${value('environment')}`, tag: value('environment') };
  });
  expect(stack).toEqual({ name: '${local.name_prefix}items${local.name_suffix}', tag: '${var.environment}' });
});

test('reports a value that depends on a setting in another way', () => {
  const { unexplained } = replace((value) => ({
    resource: { aws_x: { a: { double: 2 * Number(value('memoryMb')), hash: `h${String(value('region')).length}` } } },
  }));
  expect(unexplained).toEqual(['resource.aws_x.a.double', 'resource.aws_x.a.hash']);
});

test('a value in an expression becomes a variable, unless Terraform would read another expression', () => {
  const { stack, unexplained } = replace((value) => ({
    max: `\${max(${value('memoryMb')}, 4)}`,
    text: `\${join("-", ["${value('environment')}", "a \\"${value('memoryMb')}\\""])}`,
    bare: `\${data.aws_x.${value('region')}.id}`,
  }));
  expect(unexplained).toEqual(['bare']);
  expect(stack).toMatchObject({
    max: '${max(var.memory_mb, 4)}',
    text: '${join("-", ["${var.environment}", "a \\"${var.memory_mb}\\""])}',
  });
});

test('a text that is a number stays a text', () => {
  const { stack } = replace((value) => ({ text: String(value('memoryMb')), number: value('memoryMb') }));
  expect(stack).toEqual({ text: '${tostring(var.memory_mb)}', number: '${var.memory_mb}' });
});

test('values that Terraform needs before it knows variables are not explained', () => {
  const { unexplained } = replace((value) => ({
    module: { m: { source: `./${value('region')}`, region: value('region') } },
    output: { o: { description: `in ${value('region')}`, value: value('region') } },
    provider: { aws: [{ alias: value('region'), region: value('region') }] },
    variable: { v: { default: value('region') } },
  }));
  expect(unexplained).toEqual([
    'module.m.source',
    'output.o.description',
    'provider.aws.0.alias',
    'variable.v.default',
  ]);
});

test('keeps the text that triggers a deployment', () => {
  const { stack, unexplained } = replace((value) => ({
    resource: {
      aws_api_gateway_deployment: { api: { triggers: { redeployment: `h${String(value('region')).length}` } } },
    },
  }));
  expect(unexplained).toEqual([]);
  expect(JSON.stringify(stack)).toContain('"redeployment":"h9"');
});

test.each(SETTING_VARIABLES)(
  'the setting $setting allows its probe values, which no other setting has',
  ({ setting, probes }) => {
    for (const probe of probes) expect(definitions[setting].parse(String(probe))).toEqual({ value: probe });
    const others = SETTING_VARIABLES.filter((other) => other.setting !== setting).flatMap((other) => [...other.probes]);
    const numbers = others.filter((other) => typeof other === 'number').flatMap((other) => [other, other + 1]);
    for (const probe of probes) expect([...others, ...numbers]).not.toContain(probe);
  },
);

test('moves of the stack stay, and lead to the readable name', () => {
  const sections = {
    resource: { aws_x: { queue_1A2B3C4D: {} } },
    moved: [{ from: 'aws_x.old', to: 'aws_x.queue_1A2B3C4D' }],
  };
  expect(withReadableNames(sections)['moved']).toEqual([
    { from: 'aws_x.old', to: 'aws_x.queue_1A2B3C4D' },
    { from: 'aws_x.queue_1A2B3C4D', to: 'aws_x.queue' },
  ]);
});

test('removes the hashes of CDKTF from names, unless another resource has the short name', () => {
  const sections = {
    data: { aws_x: { doc_1A2B3C4D: { id: '${aws_x.queue_1A2B3C4D.id}' } } },
    resource: {
      aws_x: {
        queue_1A2B3C4D: { policy: '${data.aws_x.doc_1A2B3C4D.json}', depends_on: ['aws_x.topic_1A2B3C4D'] },
        topic: {},
        topic_1A2B3C4D: {},
      },
    },
  };
  expect(withReadableNames(sections)).toEqual({
    data: { aws_x: { doc: { id: '${aws_x.queue.id}' } } },
    resource: {
      aws_x: {
        queue: { policy: '${data.aws_x.doc.json}', depends_on: ['aws_x.topic_1A2B3C4D'] },
        topic: {},
        topic_1A2B3C4D: {},
      },
    },
    moved: [{ from: 'aws_x.queue_1A2B3C4D', to: 'aws_x.queue' }],
  });
});
