/** The protocol between the run and app-preload.ts: environment variables, and one line of input. */

/** Environment variable: the path of the file that app-preload.ts writes a LoadedApp to. */
export const RECORD_FILE = 'LOCAL_RUN_RECORD_FILE';

/** Environment variable: the path of a file with a LoadedApp. It makes the process a spare process. */
export const SPARE_FILE = 'LOCAL_RUN_SPARE_FILE';

/** The line of JSON that a spare process waits for: environment variables to set before the app runs. */
export interface SpareInput {
  readonly variables: Readonly<Record<string, string>>;
}
