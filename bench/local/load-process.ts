/** Starts the load generator in a separate process. */
import { runTypeScript } from './started';
import type { LoadFigures, LoadOrder } from './load';

export function startLoad(): { run: (order: LoadOrder) => Promise<LoadFigures>; stop: () => Promise<void> } {
  const child = runTypeScript('bench/local/load.ts', [], process.env, ['ignore', 'inherit', 'inherit', 'ipc']);
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
