/** The target of the suite: an emulator that it starts, an emulator that already runs, or AWS. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type EmulatorSettings, startMinistack } from './ministack';
import { progress } from './progress';
import { Recorder } from './recorder';
import { suiteFolder } from './suite-folder';

export interface Target {
  readonly kind: 'emulator' | 'aws';
  /** URL of the emulator; undefined for AWS. */
  readonly endpoint: string | undefined;
  /** The proxy in front of the emulator; undefined for AWS, because calls to AWS are encrypted. */
  readonly recorder: Recorder | undefined;
  stop(): Promise<void>;
}

/** The kind of target, from the environment variable E2E_TARGET. @throws Error for another value */
export function targetKind(): Target['kind'] {
  const kind = process.env['E2E_TARGET'] ?? 'emulator';
  if (kind === 'emulator' || kind === 'aws') return kind;
  throw new Error(`E2E_TARGET: saw ${JSON.stringify(kind)}; allowed are emulator and aws.`);
}

/**
 * Starts the target, and sets the environment variables with which the SDK, the provider and the backend find it.
 * @param settings settings of the emulator
 */
export async function startTarget(work: string, settings: EmulatorSettings = {}): Promise<Target> {
  const kind = targetKind();
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  process.env['AWS_REGION'] ??= 'us-east-1';
  if (kind === 'aws') {
    progress(`against AWS, region ${process.env['AWS_REGION']}: this costs a few cents`);
    return { kind, endpoint: undefined, recorder: undefined, stop: () => Promise.resolve() };
  }
  mkdirSync(work, { recursive: true });
  // Child processes are ended in `exit` handlers, which do not run when a signal ends the process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const running = process.env['AWS_ENDPOINT_URL'];
  const emulator = running
    ? { endpoint: running, stop: () => Promise.resolve() }
    : await startMinistack(path.join(work, 'ministack.log'), settings);
  if (running) progress(`against the running emulator at ${running}`);
  const recorder = new Recorder(emulator.endpoint);
  process.env['AWS_ENDPOINT_URL'] = await recorder.listen();
  process.env['AWS_ACCESS_KEY_ID'] = 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  delete process.env['AWS_SESSION_TOKEN'];
  delete process.env['AWS_PROFILE'];
  return {
    kind,
    endpoint: emulator.endpoint,
    recorder,
    stop: async () => {
      await recorder.close();
      await emulator.stop();
    },
  };
}

/** The working folder of the suite. */
export const WORK = path.join(suiteFolder(), 'work');

/** The file to which `cdktf deploy` writes the outputs. */
export const OUTPUTS = path.join(WORK, 'outputs.json');
