/** Against what the suite runs: an emulator that it starts, one that runs already, or AWS. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startMinistack } from './ministack';
import { progress } from './progress';
import { Recorder } from './recorder';
import { ROOT } from './run';

export interface Target {
  readonly kind: 'emulator' | 'aws';
  /** Where the emulator itself is; undefined for AWS. */
  readonly endpoint: string | undefined;
  /** Stands before the emulator; undefined for AWS, whose calls are encrypted. */
  readonly recorder: Recorder | undefined;
  stop(): Promise<void>;
}

/** Sets the variables by which SDK, provider and backend find the target. */
export async function startTarget(work: string): Promise<Target> {
  const kind = process.env['E2E_TARGET'] ?? 'emulator';
  if (kind !== 'emulator' && kind !== 'aws') {
    throw new Error(`E2E_TARGET: saw ${JSON.stringify(kind)}; allowed are emulator and aws.`);
  }
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  process.env['AWS_REGION'] ??= 'us-east-1';
  if (kind === 'aws') {
    progress(`against AWS, region ${process.env['AWS_REGION']}: this costs a few cents`);
    return { kind, endpoint: undefined, recorder: undefined, stop: () => Promise.resolve() };
  }
  mkdirSync(work, { recursive: true });
  // What is begun ends at `exit`, which signals alone do not lead to.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const given = process.env['AWS_ENDPOINT_URL'];
  const emulator = given
    ? { endpoint: given, stop: () => Promise.resolve() }
    : await startMinistack(path.join(work, 'ministack.log'));
  if (given) progress(`against the emulator at ${given}, which runs already`);
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

export const WORK = path.join(ROOT, '.e2e');

/** What `cdktf deploy` wrote of the outputs. */
export const OUTPUTS = path.join(WORK, 'outputs.json');
