/** Where the stacks of a folder come from, such as a CDKTF app. */
import type { ProjectFiles, ProjectSnapshot } from './project-files';
import type { Stack } from './stack';

export interface LoadedStacks {
  /** The stacks that have an API. The run serves nothing of other stacks. */
  readonly stacks: readonly Stack[];
  /** The project as it was when the evaluation began. */
  readonly snapshot: ProjectSnapshot;
  /** The text that the evaluation printed, for example warnings. */
  readonly output: string;
  /** Removes the files of the evaluation. Call it when the archives are unpacked. */
  readonly release: () => void;
}

export interface Source {
  /** `cdktf`: a CDKTF app. `terraform`: a folder of Terraform files. */
  readonly kind: 'cdktf' | 'terraform';
  /** The files that the stacks depend on. `--watch` watches them. */
  readonly project: ProjectFiles;
  /** The project right after the last evaluation. */
  readonly snapshotAfterRun: ProjectSnapshot | undefined;
  /**
   * Evaluates the project. Call it only when no other `load` is pending.
   * @param current the project as it is now @default the project is read
   * @throws SynthError
   */
  load(current?: ProjectSnapshot): Promise<LoadedStacks>;
  /** Prepares for the next `load`, which is then faster. */
  prepare(): void;
  /** Shortens the timeout of the current evaluation, because a newer save waits. */
  expire(): void;
  /** Stops permanently. Settles when no process of the evaluation is left. */
  stop(): Promise<void>;
}
