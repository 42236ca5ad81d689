/** The cores that a container leaves. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cores } from '../../../src/services/lambda/cores';

const MACHINE = os.availableParallelism();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cgroup-'));
  mkdirSync(path.join(folder, 'cpu'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['max 100000', MACHINE],
  ['100000 100000', 1],
  ['150000 100000\n', 1],
  ['50000 100000', 1],
  ['200000 100000', Math.min(2, MACHINE)],
  ['1000000000 100000', MACHINE],
  ['', MACHINE],
])('cpu.max of %j: %d', (text, expected) => {
  writeFileSync(path.join(folder, 'cpu.max'), text);
  expect(cores(folder)).toBe(expected);
});

test.each([
  ['-1', MACHINE],
  ['100000', 1],
  ['250000', Math.min(2, MACHINE)],
])('a quota of %j in the first version of cgroups: %d', (quota, expected) => {
  writeFileSync(path.join(folder, 'cpu/cpu.cfs_quota_us'), `${quota}\n`);
  writeFileSync(path.join(folder, 'cpu/cpu.cfs_period_us'), '100000\n');
  expect(cores(folder)).toBe(expected);
});

test('without a container: those of the machine', () => {
  expect(cores(path.join(folder, 'none'))).toBe(MACHINE);
});
