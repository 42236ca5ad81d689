/** The stacks of a CDKTF app: synthesizes the app and reads its output. */
import { rmSync } from 'node:fs';
import { stacksIn } from './cdktf';
import type { ProjectFiles, ProjectSnapshot } from './project-files';
import type { LoadedStacks, Source } from './source';
import type { Synthesizer } from './synthesizer';

export class CdktfSource implements Source {
  readonly kind = 'cdktf';

  constructor(private readonly synthesizer: Synthesizer) {}

  get project(): ProjectFiles {
    return this.synthesizer.project;
  }

  get snapshotAfterRun(): ProjectSnapshot | undefined {
    return this.synthesizer.snapshotAfterRun;
  }

  async load(current?: ProjectSnapshot): Promise<LoadedStacks> {
    const { out, snapshot, output } = await this.synthesizer.synth(current);
    const release = () => rmSync(out, { recursive: true, force: true });
    try {
      return { stacks: stacksIn(out), snapshot, output, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  prepare(): void {
    this.synthesizer.prepare();
  }

  expire(): void {
    this.synthesizer.expire();
  }

  stop(): Promise<void> {
    return this.synthesizer.stop();
  }
}
