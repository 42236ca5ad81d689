import { existsSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PlanError } from '../src';
import { createReviewKey, keyOfFile, keyOfMachine, readKey } from '../src/review/key';

const SECRET = '0123456789abcdef'.repeat(4);
const folder = mkdtempSync(path.join(os.tmpdir(), 'review-key-'));

test('another key, and other parts, give another hash', () => {
  const key = createReviewKey(SECRET);
  const other = createReviewKey('f'.repeat(64));
  expect(key.hash('a', 'b')).toMatch(/^[0-9a-f]{64}$/);
  expect(
    new Set([key.hash('a', 'b'), key.hash('ab'), key.hash('a,b'), key.hash('b', 'a'), other.hash('a', 'b')]).size,
  ).toBe(5);
  expect(key.id).toMatch(/^[0-9a-f]{8}$/);
  expect(key.id).not.toBe(other.id);
});

test('reads a key file, with or without a line end', () => {
  const file = path.join(folder, 'key');
  for (const text of [SECRET, `${SECRET}\n`, `${SECRET}\r\n`]) {
    writeFileSync(file, text);
    expect(keyOfFile(file).id).toBe(createReviewKey(SECRET).id);
  }
  for (const text of ['', 'secret', SECRET.slice(1), `${SECRET}0`, SECRET.toUpperCase(), `${SECRET}\n${SECRET}\n`]) {
    writeFileSync(file, text);
    expect(() => keyOfFile(file)).toThrow(/is not 64 hexadecimal digits .* openssl rand -hex 32/);
  }
  expect(() => keyOfFile(path.join(folder, 'none'))).toThrow(PlanError);
});

test("makes the machine's key on first use, readable by its owner only, and keeps it", () => {
  const environment = { XDG_STATE_HOME: path.join(folder, 'state') };
  const key = keyOfMachine(environment);
  const file = path.join(folder, 'state/plan-review/key');
  expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(keyOfMachine(environment)?.id).toBe(key?.id);
  writeFileSync(file, 'damaged');
  expect(() => keyOfMachine(environment)).toThrow(/is not 64 hexadecimal digits/);
});

test('has no key when the folder cannot be written', () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  const dangling = path.join(folder, 'dangling');
  symlinkSync(path.join(folder, 'nowhere'), dangling);
  // Node.js creates no folder in /proc, and its recursive mkdir tries without an end.
  for (const state of [file, dangling, '/proc/none', '/dev/null/a/b']) {
    expect(keyOfMachine({ XDG_STATE_HOME: state })).toBeUndefined();
  }
});

test('ignores a relative XDG_STATE_HOME, and has no key without an absolute home', () => {
  const home = path.join(folder, 'home');
  const key = keyOfMachine({ XDG_STATE_HOME: 'state', HOME: home });
  expect(keyOfFile(path.join(home, '.local/state/plan-review/key')).id).toBe(key?.id);
  expect(keyOfMachine({ HOME: 'relative-home' })).toBeUndefined();
  expect(existsSync('relative-home')).toBe(false);
});

test('an error says that PLAN_REVIEW_KEY_FILE names the file', () => {
  process.env['PLAN_REVIEW_KEY_FILE'] = path.join(folder, 'missing');
  try {
    expect(() => readKey()).toThrow(/missing, which PLAN_REVIEW_KEY_FILE names, cannot be read/);
    expect(() => readKey(path.join(folder, 'other'))).toThrow(/other cannot be read/);
  } finally {
    delete process.env['PLAN_REVIEW_KEY_FILE'];
  }
});

test('refuses an empty name of a key file, and ignores an empty PLAN_REVIEW_KEY_FILE', () => {
  expect(() => readKey('')).toThrow('--key is empty. Pass the path of a key file.');
  process.env['PLAN_REVIEW_KEY_FILE'] = '';
  try {
    expect(readKey()?.id).toBe(keyOfMachine()?.id);
  } finally {
    delete process.env['PLAN_REVIEW_KEY_FILE'];
  }
});

test("the tests make no key in the user's home", () => {
  expect(path.dirname(process.env['XDG_STATE_HOME'] ?? '')).toBe(os.tmpdir());
  expect(keyOfMachine()?.id).toBe(keyOfFile(path.join(os.tmpdir(), 'state/plan-review/key')).id);
});
