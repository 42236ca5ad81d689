/** Sources of the project that nothing is made of so far. When a synth fails, one of them may be what it is missing. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { changedAt, sha256, statOf } from '../../cache/store.cjs';

const SOURCE = /\.[cm]?[jt]sx?$/;

export class OtherSources {
  /** What was in them when they were last looked at. */
  private contents = new Map<string, string>();
  /** Those that changed while the last synth ran, and failed. */
  private during: ReadonlySet<string> = new Set();

  /**
   * Looks at them after a synth has failed.
   * @param files those that there are
   * @param began when the synth did, in ms since the epoch
   * @returns those that were saved meanwhile. One that changed while the synth before ran, too, is the app's own work: it is made
   * anew by each synth, and would lead to the next one without end.
   */
  saved(files: readonly string[], began: number): string[] {
    const contents = new Map(files.map((file) => [file, contentOf(file)]));
    const changed = files.filter((file) => {
      const before = this.contents.get(file);
      if (before !== undefined) return before !== contents.get(file);
      const stats = statOf(file);
      return stats !== undefined && changedAt(stats) > began;
    });
    const saved = changed.filter((file) => !this.during.has(file));
    this.contents = contents;
    this.during = new Set(changed);
    return saved;
  }

  /** @returns whether this is one, with other content than when it was last looked at */
  isChanged(file: string): boolean {
    if (!SOURCE.test(file)) return false;
    const content = contentOf(file);
    if (this.contents.get(file) === content) return false;
    this.contents.set(file, content);
    return true;
  }

  /** A synth did not fail. */
  forget(): void {
    this.contents.clear();
    this.during = new Set();
  }
}

export function sourcesIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((one) => one.isFile() && SOURCE.test(one.name))
    .map(({ name }) => path.join(folder, name));
}

/** None, where the folder has gone in the meantime. */
export function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The hash; of what is not there, or may not be read, why. */
function contentOf(file: string): string {
  try {
    return sha256(readFileSync(file)).toString('base64');
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}
