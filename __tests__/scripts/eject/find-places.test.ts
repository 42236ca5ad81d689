/** Which settings become variables. */
import { findPlaces } from '../../../scripts/eject/find-places';
import type { Stack } from '../../../scripts/eject/stacks';
import { type Candidate, candidatesOf } from '../../../scripts/eject/variables';
import { readSettings } from '../../../stacks/settings';

const CANDIDATES = candidatesOf(readSettings({}, {})).filter(({ name }) => ['memory_mb', 'region'].includes(name));

beforeEach(() => jest.spyOn(console, 'log').mockReturnValue(undefined));
afterEach(() => jest.restoreAllMocks());

/** A stack with the memory, and with a value that depends on the region. */
function stackOf(candidates: readonly Candidate[], regionValue: (region: string) => string): Stack {
  const value = (name: string, other: string | number) => candidates.find((one) => one.name === name)?.probe ?? other;
  const memory = value('memory_mb', 256);
  const region = regionValue(String(value('region', 'us-east-1')));
  return { name: 'a', folder: '', terraform: {}, sections: { output: { memory, region } } };
}

const find = (regionValue: (region: string) => string) =>
  findPlaces([stackOf([], regionValue)], CANDIDATES, (tried) => Promise.resolve([stackOf(tried, regionValue)]));

test('all settings become variables when the stacks contain exactly their values', async () => {
  const { sectionsOf } = await find((region) => region);
  expect(sectionsOf('a')).toEqual({ output: { memory: '${var.memory_mb}', region: '${var.region}' } });
});

test('a setting stays fixed when a value depends on it in another way', async () => {
  const { candidates, sectionsOf } = await find((region) => (region === 'us-east-1' ? 'home' : 'away'));
  expect(candidates.map(({ name }) => name)).toEqual(['memory_mb']);
  expect(sectionsOf('a')).toEqual({ output: { memory: '${var.memory_mb}', region: 'home' } });
});

test('a setting stays fixed when the app refuses its probe value', async () => {
  const refuse = (region: string) => {
    if (region !== 'us-east-1') throw new Error('region must be us-east-1');
    return region;
  };
  const { candidates } = await findPlaces([stackOf([], refuse)], CANDIDATES, (tried) =>
    Promise.resolve().then(() => [stackOf(tried, refuse)]),
  );
  expect(candidates.map(({ name }) => name)).toEqual(['memory_mb']);
});

test('refuses an app with a random value', async () => {
  let runs = 0;
  const random = () => `value-${(runs += 1)}`;
  await expect(find(random)).rejects.toThrow(
    'The app does not repeat these values with the same settings: output.region. Remove times and random values',
  );
});

test('refuses a value that depends on two settings together', async () => {
  const stack = (tried: readonly Candidate[]): Stack => {
    const sections = { output: { region: tried.length < 2 ? 'home' : 'away' } };
    return { name: 'a', folder: '', terraform: {}, sections };
  };
  await expect(findPlaces([stack([])], CANDIDATES, (tried) => Promise.resolve([stack(tried)]))).rejects.toThrow(
    'These values depend on several settings together: output.region. In the stack, make each value from',
  );
});

test.each([
  ['variable', { variable: { region: {} } }, 'region'],
  ['local', { locals: { name_suffix: 'mine' } }, 'environment'],
])('a setting stays fixed when the stack has a %s with its name', async (_, sections, setting) => {
  const all = candidatesOf(readSettings({}, {}));
  const declaring = { ...stackOf([], (region) => region), sections };
  const { candidates } = await findPlaces([declaring], all, () => Promise.resolve([declaring]));
  expect(all.filter((one) => !candidates.includes(one)).map((one) => one.setting)).toEqual([setting]);
});
