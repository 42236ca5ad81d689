/** Sources of the project that nothing is made of so far. When a synth fails, one of them may be what it is missing. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { changedAt, sha256, statOf } from '../../../../../cache/store.cjs';

const SOURCE = /\.[cm]?[jt]sx?$/;

/** A person saves while a synth runs, and again while the next one runs; hardly more often. */
const MOST_IN_ROW = 2;

export class OtherSources {
  /** What was in them when they were last looked at. */
  private contents = new Map<string, string>();
  /** How many failed synths in a row had one that changed while they ran. */
  private inRow = 0;

  /**
   * Looks at them after a synth has failed.
   * @param files those that there are
   * @param began when the synth did, in ms since the epoch
   * @returns those that were saved meanwhile; none when the synths before had some, too: it is the app itself then that writes
   * them, and each synth would lead to the next one without end
   */
  saved(files: readonly string[], began: number): string[] {
    const contents = new Map(files.map((file) => [file, contentOf(file)]));
    const changed = files.filter((file) => {
      const before = this.contents.get(file);
      if (before !== undefined) return before !== contents.get(file);
      const stats = statOf(file);
      return stats !== undefined && changedAt(stats) > began;
    });
    this.contents = contents;
    this.inRow = changed.length > 0 && this.inRow < MOST_IN_ROW ? this.inRow + 1 : 0;
    return this.inRow > 0 ? changed : [];
  }

  /** @returns whether this is one, with other content than when it was last looked at */
  isChanged(file: string): boolean {
    if (!SOURCE.test(file)) return false;
    const content = contentOf(file);
    if (this.contents.get(file) === content) return false;
    this.contents.set(file, content);
    this.inRow = 0;
    return true;
  }

  /** A synth did not fail. */
  forget(): void {
    this.contents.clear();
    this.inRow = 0;
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
