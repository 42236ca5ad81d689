/** The protocol between the run and app-preload.ts. */

/** Variable with the path of a file to write LoadedApp to. */
export const RECORD_FILE = 'LOCAL_RUN_RECORD_FILE';

/** Variable with the path of a file to read LoadedApp from. A process that gets it becomes a spare process. */
export const SPARE_FILE = 'LOCAL_RUN_SPARE_FILE';

/** The line of JSON that a spare process waits for. */
export interface SpareInput {
  readonly variables: Readonly<Record<string, string>>;
}
