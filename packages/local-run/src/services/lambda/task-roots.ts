/** Unpacks the archives of functions into folders. Functions with the same archive share a folder. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { FunctionDeployment } from '../../model/deployment';
import { unpack } from './archive';

type Archived = Pick<FunctionDeployment, 'archive' | 'archiveHash'>;

const archiveKey = ({ archive, archiveHash }: Archived) => archiveHash ?? archive;

export class TaskRoots {
  /** Folders by the hash of their archive, or by the archive's path when the stack states no hash. */
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
    const known = this.folders.get(archiveKey(deployment));
    if (known !== undefined) return known;
    this.unpackedCount += 1;
    const folder = path.join(this.parent, String(this.unpackedCount));
    unpack(deployment.archive, deployment.archiveHash, folder);
    this.folders.set(archiveKey(deployment), folder);
    return folder;
  }

  /** Removes the folders of archives that none of these functions uses. */
  keepOnly(functions: readonly Archived[]): void {
    const kept = new Set(functions.map(archiveKey));
    for (const [key, folder] of this.folders) {
      if (kept.has(key)) continue;
      this.folders.delete(key);
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
