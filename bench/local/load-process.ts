/** The process of the load generator. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { LoadFigures, LoadOrder } from './load';

export function startLoad(): { run: (order: LoadOrder) => Promise<LoadFigures>; stop: () => Promise<void> } {
  const child = spawn(process.execPath, ['-r', 'tsx/cjs', path.join(__dirname, 'load.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    cwd: path.join(__dirname, '../..'),
  });
  return {
    run: (order) =>
      new Promise((resolve, reject) => {
        child.once('message', (figures: LoadFigures) => {
          child.removeListener('exit', reject);
          resolve(figures);
        });
        child.once('exit', reject);
        child.send(order);
      }),
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit').once('exit', () => resolve());
        child.kill();
      }),
  };
}
