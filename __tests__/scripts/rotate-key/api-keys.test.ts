/** The steps of a rotation of API keys. */
import * as construct from '../../../constructs/api-keys';
import { deployedKeys, FIRST_API_KEY, nextStep } from '../../../scripts/rotate-key/api-keys';
import { rotationText } from '../../../scripts/rotate-key/text';

const resource = (type: string, name: string, attributes: object) => ({ type, name, attributes: { ...attributes } });
const RESOURCES = [
  resource('aws_api_gateway_api_key', 'key', { id: 'k1', value: 'secret-a' }),
  resource('aws_api_gateway_api_key', 'key_b', { id: 'k2', value: 'secret-b' }),
  resource('aws_api_gateway_usage_plan_key', 'key', { id: 'k1' }),
];
const KEYS = deployedKeys('parts', RESOURCES);

test('the first key has the name that the construct gives it', () => {
  expect(FIRST_API_KEY).toBe(construct.FIRST_API_KEY);
});

test('the keys of a stack are those of its state', () => {
  expect(KEYS).toEqual([
    { key: 'a', id: 'k1', value: 'secret-a' },
    { key: 'b', id: 'k2', value: 'secret-b' },
  ]);
  expect(() => deployedKeys('items', RESOURCES.slice(2))).toThrow(
    'The stack items has no API key: no route has the auth apiKey.',
  );
});

test('the keys of a stack are sorted by their age', () => {
  const created = ['2026-03-01T10:00:00Z', '2026-02-01T10:00:00Z'];
  const dated = RESOURCES.slice(0, 2).map((key, index) => ({
    ...key,
    attributes: { ...key.attributes, created_date: created[index] },
  }));
  expect(deployedKeys('parts', dated).map(({ key }) => key)).toEqual(['b', 'a']);
});

test.each([
  [['a'], ['a'], { kind: 'add', setting: ['a', 'b'] }],
  [['b'], ['b'], { kind: 'add', setting: ['b', 'a'] }],
  [['c'], ['c'], { kind: 'add', setting: ['c', 'a'] }],
  [['a', 'b'], ['a'], { kind: 'deploy', removed: [] }],
  [['a', 'b'], ['a', 'b'], { kind: 'remove', old: 'a', setting: ['b'] }],
  [['b', 'a'], ['a', 'b'], { kind: 'remove', old: 'b', setting: ['a'] }],
  [['b'], ['a', 'b'], { kind: 'deploy', removed: ['a'] }],
  [['a'], ['a', 'b'], { kind: 'deploy', removed: ['b'] }],
  [['a', 'c'], ['a', 'b'], { kind: 'deploy', removed: ['b'] }],
  [['c'], ['b', 'a'], { kind: 'unsafe', setting: ['b', 'a'] }],
  [['b'], ['a'], { kind: 'unsafe', setting: ['a', 'b'] }],
  [['b', 'c'], ['a'], { kind: 'unsafe', setting: ['a', 'b'] }],
] as const)('with the setting %j and the deployed keys %j, the next step is %j', (configured, deployed, expected) => {
  expect(nextStep(configured, deployed)).toEqual(expected);
});

describe('the text of a step', () => {
  const textOf = (configured: readonly string[], deployed = KEYS) =>
    rotationText(
      nextStep(
        configured,
        deployed.map(({ key }) => key),
      ),
      { stack: 'parts', configured, deployed, accessLog: '/aws/vendedlogs/apigateway/parts-api' },
    );

  test.each([[['a']], [['a', 'b']], [['b']], [['c']]])('with the setting %j has no value of a key', (configured) => {
    for (const deployed of [KEYS, KEYS.slice(0, 1)]) expect(textOf(configured, deployed)).not.toContain('secret');
  });

  test('of the first step has the setting to write', () => {
    expect(textOf(['a'], KEYS.slice(0, 1))).toMatch(/^API keys of parts:\n {2}a {2}id k1\n\nStep 1 of 3\./);
    expect(textOf(['a'], KEYS.slice(0, 1))).toContain('    "apiKeys": { "parts": ["a", "b"] }\n');
  });

  test('of the second step has the query for callers of the old key, and the setting to write', () => {
    const text = textOf(['a', 'b']);
    expect(text).toContain('filter apiKeyId = "k1"');
    expect(text).toContain('/aws/vendedlogs/apigateway/parts-api');
    expect(text).toContain('    "apiKeys": { "parts": ["b"] }\n');
  });

  test('names each deployed key that the setting removes', () => {
    expect(textOf(['a', 'c'])).toContain('The deployment deletes the key b: callers with it then get a 403.');
    expect(textOf(['a', 'b'], KEYS.slice(0, 1))).not.toContain('403');
  });

  test('goes back to the deployed keys, without a deployment, when the setting has none of them', () => {
    expect(textOf(['c'])).toContain('    "apiKeys": { "parts": ["a", "b"] }\n');
    expect(textOf(['c'])).not.toContain('npm run deploy');
    expect(textOf(['b'], KEYS.slice(0, 1))).toContain('npm run deploy');
  });

  test('warns of a setting that removes the keys of all callers', () => {
    expect(textOf(['b'], KEYS.slice(0, 1))).toContain('who would get a 403');
  });
});
