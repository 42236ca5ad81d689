/** Unpacks the archives of functions into folders. Functions with the same archive share a folder. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { FunctionDeployment } from '../../model/deployment';
import { unpack } from './archive';

type Archived = Pick<FunctionDeployment, 'archive' | 'archiveHash'>;

export class TaskRoots {
  /** Folders by the hash of their archive. */
  private readonly folders = new Map<string, string>();
  private unpackedCount = 0;

  /** @param parent folder in which the archives are unpacked */
  constructor(private readonly parent: string) {}

  /**
   * Unpacks the archive on the first call.
   * @returns the folder with the function's code
   * @throws Error when the archive cannot be unpacked
   */
  folderFor(deployment: Archived): string {
    const known = this.folders.get(deployment.archiveHash);
    if (known !== undefined) return known;
    this.unpackedCount += 1;
    const folder = path.join(this.parent, String(this.unpackedCount));
    unpack(deployment.archive, folder);
    this.folders.set(deployment.archiveHash, folder);
    return folder;
  }

  /** Removes the folders of archives that none of these functions uses. */
  keepOnly(functions: readonly Archived[]): void {
    const kept = new Set(functions.map(({ archiveHash }) => archiveHash));
    for (const [hash, folder] of this.folders) {
      if (kept.has(hash)) continue;
      this.folders.delete(hash);
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
