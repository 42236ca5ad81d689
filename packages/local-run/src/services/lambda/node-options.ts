/** NODE_OPTIONS of a function: leaves out the options that Node.js takes in a process and refuses in a worker thread. */

/** The message of ERR_WORKER_INVALID_EXEC_ARGV. It names the first refused option: `--title`, or `--title=` with a value. */
const REFUSED = /NODE_OPTIONS env variable: (--[^\s=]+)=? is not allowed/;

/** An option with its value, in the syntax of NODE_OPTIONS: double quotes group, and a value may follow after a space. */
const OPTION = /(?:"(?:\\.|[^"\\])*"|\S)+(?:\s+(?!"?-)(?:"(?:\\.|[^"\\])*"|\S)+)*/g;

/**
 * Starts a worker thread without the options that only a process takes, such as `--use-openssl-ca`.
 * @param start starts the thread with these NODE_OPTIONS
 * @param onIgnored called with the options that are left out
 * @throws Error of `start`, for an option that Node.js also refuses in a process
 */
export function startWithThreadOptions<T>(
  nodeOptions: string | undefined,
  start: (nodeOptions: string | undefined) => T,
  onIgnored: (options: readonly string[]) => void,
): T {
  const ignored: string[] = [];
  for (let remaining = nodeOptions; ;) {
    try {
      const started = start(remaining);
      if (ignored.length > 0) onIgnored(ignored);
      return started;
    } catch (error) {
      const [, name] = REFUSED.exec((error as Error).message) ?? [];
      if (name === undefined || !process.allowedNodeEnvironmentFlags.has(name)) throw error;
      const options = remaining?.match(OPTION) ?? [];
      const kept = options.filter((option) => !isOption(option, name));
      if (kept.length === options.length) throw error;
      ignored.push(...options.filter((option) => isOption(option, name)));
      remaining = kept.join(' ');
    }
  }
}

function isOption(text: string, name: string): boolean {
  const [option = ''] = text.replace(/^"/, '').split(/[\s="]/);
  // Node.js takes underscores for hyphens: --disable_proto.
  return option.replaceAll('_', '-') === name.replaceAll('_', '-');
}

/** The line in the log of a function whose options are left out. */
export function ignoredOptionsLine(options: readonly string[]): string {
  return (
    `NODE_OPTIONS: the local run ignores ${options.join(' ')}, because its functions are threads, which do not take ` +
    `${options.length === 1 ? 'this option' : 'these options'}. On AWS Lambda, Node.js takes ${options.length === 1 ? 'it' : 'them'}.`
  );
}
