/** The address of a console, by the folder of the run. */
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findConsole, publishConsole } from '../../src/engine/console-address';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'console-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const URL = 'http://127.0.0.1:3999/';

test('finds the console by the folder of the run, also through a symbolic link, until the run ends', () => {
  expect(findConsole(folder)).toBeUndefined();
  const remove = publishConsole(folder, URL);
  symlinkSync(folder, path.join(folder, 'link'));
  expect([folder, path.join(folder, 'link'), path.dirname(folder)].map(findConsole)).toEqual([URL, URL, undefined]);
  remove();
  expect(findConsole(folder)).toBeUndefined();
});

test('ignores the file of a process that does not exist any more', () => {
  const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
  });
  const remove = publishConsole(folder, URL);
  expect(findConsole(folder)).toBeUndefined();
  kill.mockRestore();
  expect(findConsole(folder)).toBe(URL);
  remove();
});
