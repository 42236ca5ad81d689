/** The ports of APIs: stable when stacks come and go, in one run and between runs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Ports } from '../../src/engine/ports';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'ports-'));
  file = path.join(folder, 'cache/ports.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const portsOf = (ports: Ports, ...apis: string[]) => apis.map((api) => ports.portOf(api));

test('APIs have consecutive ports, in the order in which they are first seen', () => {
  expect(portsOf(new Ports(3000), 'items', 'manager', 'products')).toEqual([3000, 3001, 3002]);
});

test('an API keeps its port when a stack before it is added or removed', () => {
  portsOf(new Ports(3000, file), 'items', 'products');
  expect(portsOf(new Ports(3000, file), 'audit', 'items', 'products')).toEqual([3002, 3000, 3001]);
  expect(portsOf(new Ports(3000, file), 'products')).toEqual([3001]);
});

test('another first port has ports of its own', () => {
  portsOf(new Ports(3000, file), 'items', 'products');
  expect(portsOf(new Ports(4000, file), 'products')).toEqual([4000]);
});

test('with 0, any free port is used and nothing is remembered', () => {
  expect(portsOf(new Ports(0, file), 'items', 'products')).toEqual([0, 0]);
  expect(() => readFileSync(file)).toThrow('ENOENT');
});

test.each(['', '{', '[]', '{"3000":[]}', '{"3000":{"items":"x"}}', '{"3000":{"items":70000}}'])(
  'the damaged file %j counts as empty',
  (content) => {
    file = path.join(folder, 'ports.json');
    writeFileSync(file, content);
    expect(portsOf(new Ports(3000, file), 'items')).toEqual([3000]);
  },
);

test('a folder that cannot be written to does not end the run', () => {
  writeFileSync(path.join(folder, 'cache'), '');
  expect(portsOf(new Ports(3000, file), 'items')).toEqual([3000]);
});
