/** Creates engines whose servers use free ports. */
import path from 'node:path';
import { Engine } from '../../src/engine/engine';
import type { EngineOptions } from '../../src/engine/engine-options';
import type { ReloadBarrier } from '../../src/engine/reload-barrier';
import type { Dynamodb } from '../../src/services/dynamodb/dynamodb';

const noop = () => undefined;

/** @param folder the folder below which the engine unpacks archives */
export function createEngine(
  dynamodb: Dynamodb,
  barrier: ReloadBarrier,
  folder: string,
  options: Partial<EngineOptions> = {},
): Engine {
  return new Engine(Promise.resolve(dynamodb), barrier, {
    port: 0,
    folder: path.join(folder, 'functions'),
    onRequest: noop,
    onCall: noop,
    onLog: noop,
    platformLog: false,
    ...options,
  });
}
