/** Where the archives of the functions are unpacked: each once, in a folder of its own. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { FunctionDeployment } from '../../model/deployment';
import { unpack } from './archive';

type Archived = Pick<FunctionDeployment, 'archive' | 'archiveHash'>;

const hashOf = ({ archive, archiveHash }: Archived) => archiveHash ?? archive;

export class TaskRoots {
  /** By the archives' hashes. */
  private readonly roots = new Map<string, string>();
  private unpacked = 0;

  /** @param folder for all of them */
  constructor(private readonly folder: string) {}

  /**
   * @returns the folder with the function's code; functions with the same archive share it
   * @throws Error when the archive cannot be unpacked
   */
  of(deployment: Archived): string {
    const known = this.roots.get(hashOf(deployment));
    if (known !== undefined) return known;
    this.unpacked += 1;
    const root = path.join(this.folder, String(this.unpacked));
    unpack(deployment.archive, deployment.archiveHash, root);
    this.roots.set(hashOf(deployment), root);
    return root;
  }

  /** Removes the folders of all other functions. */
  keepOnly(served: readonly Archived[]): void {
    const kept = new Set(served.map(hashOf));
    for (const [hash, root] of this.roots) {
      if (kept.has(hash)) continue;
      this.roots.delete(hash);
      rmSync(root, { recursive: true, force: true });
    }
  }
}
