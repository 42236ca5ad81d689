/** Reports when files of a project change. A report may be spurious: compare ProjectSnapshots to find the changed files. */
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { ProjectFiles } from './project-files';

/** One save causes several events (truncate, write, rename). The save is complete when no event arrives for this time. */
const QUIET_MS = 20;
/** A change is reported after this time, even if events continue. */
const MAX_WAIT_MS = 200;

/** Advice by error code when watching fails (inotify(7), "/proc interfaces"). */
const LIMITS: Readonly<Record<string, string>> = {
  ENOSPC: 'This machine allows no more watches: raise fs.inotify.max_user_watches with sysctl.',
  EMFILE: 'Too many files are open: raise fs.inotify.max_user_instances with sysctl, or the limit of `ulimit -n`.',
};

export interface ProjectWatcherOptions {
  readonly project: ProjectFiles;
  /** Called at the first event of a change. */
  readonly onBegin: () => void;
  /** Called when a change is complete. */
  readonly onEnd: () => void;
  /** Called with the reason when a folder cannot be watched. */
  readonly onFault: (text: string) => void;
}

export class ProjectWatcher {
  /** Time of the first event since the last `onEnd`, from performance.now(). Undefined: no change is pending. */
  startedAt: number | undefined;
  private readonly watcher: FSWatcher;
  private readonly watching: Promise<void>;
  private quietTimer: NodeJS.Timeout | undefined;
  private maxTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ProjectWatcherOptions) {
    const { project } = options;
    this.watcher = watch(project.root, {
      ignoreInitial: true,
      ignorePermissionErrors: true,
      ignored: (file, stats) => project.ignores(file, stats?.isDirectory() ?? false),
    });
    project.onScope = (included) => this.watcher.add([...included]);
    this.watching = new Promise((resolve) => this.watcher.once('ready', resolve));
    this.watcher.on('all', () => this.recordEvent());
    // Raw events, too: chokidar drops a change of a file within 50 ms after the previous change (`_throttle`).
    this.watcher.on('raw', (_event, name, details) => {
      const { watchedPath } = details as { readonly watchedPath: string };
      if (!this.isIgnored(watchedPath, name)) this.recordEvent();
    });
    this.watcher.on('error', (error) => options.onFault(faultText(project.root, error)));
  }

  /** Settles when all folders are watched. Changes before that may be missed. */
  ready(): Promise<void> {
    return this.watching;
  }

  /** Records an event. Call it also for a change that a snapshot found without an event. */
  recordEvent(): void {
    if (this.startedAt === undefined) {
      this.startedAt = performance.now();
      this.options.onBegin();
      this.maxTimer = setTimeout(() => this.end(), MAX_WAIT_MS);
    }
    clearTimeout(this.quietTimer);
    this.quietTimer = setTimeout(() => this.end(), QUIET_MS);
  }

  async close(): Promise<void> {
    this.clearTimers();
    await this.watcher.close();
  }

  /** @param name a file in the watched folder, or the watched file; null on platforms that do not report it */
  private isIgnored(watchedPath: string, name: string | null): boolean {
    const { project } = this.options;
    const isWatchedFile = name === null || name === path.basename(watchedPath);
    const file = isWatchedFile ? watchedPath : path.join(watchedPath, name);
    return project.ignores(file, false) || project.ignores(file, true);
  }

  private end(): void {
    this.clearTimers();
    this.options.onEnd();
    this.startedAt = undefined;
  }

  private clearTimers(): void {
    clearTimeout(this.quietTimer);
    clearTimeout(this.maxTimer);
  }
}

function faultText(root: string, error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const problem = `Some folders of ${root} cannot be watched, so changes in them are not applied: ${message}.`;
  return `${problem} ${LIMITS[code] ?? ''}`.trim();
}
