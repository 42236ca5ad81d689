/** Signals to the process of `npm start`, as a process manager or a terminal sends them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/local-run';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'npm-start-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s to npm ends the local run, and leaves no temporary files',
  async (signal) => {
    const outputs = path.join(folder, 'o.json');
    const child = spawn('npm', ['start', '--', '--port', '0', '--outputs-file', outputs], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: folder },
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    while (!text.includes('Ready in')) await once(child.stdout, 'data');
    expect(existsSync(outputs)).toBe(true);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '';
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow();
    // With Node.js 22 and later, npm keeps its compiled code in the temporary folder.
    expect(readdirSync(folder).filter((name) => name !== 'node-compile-cache')).toEqual(['o.json']);
  },
);
