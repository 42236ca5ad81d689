/** Reads and checks the arguments of `local-run mcp`. */
import { parseArgs } from 'node:util';

export const HELP = `Serves the console of a local run to coding agents, as an MCP server over standard input and output.

  local-run mcp [DIR] [options]

  DIR            folder of the app whose run is meant (default: the current folder)
  --console URL  console of the run (default: the console of the run in DIR; without such a
                 run, http://127.0.0.1:3999)
  -h, --help     prints this help

Start the run first, in another terminal: local-run, or npm start.
`;

export interface McpArguments {
  readonly folder: string;
  /** The origin of the console. Undefined: the console is searched at each call. */
  readonly console: string | undefined;
}

/** The arguments are not valid. */
export class McpUsageError extends Error {
  override readonly name = 'McpUsageError';
}

/**
 * @returns undefined for `--help`
 * @throws McpUsageError
 */
export function readMcpArguments(argv: readonly string[]): McpArguments | undefined {
  const { values, positionals } = parse(argv);
  if (values.help) return undefined;
  const [folder = '.', ...others] = positionals;
  if (others.length > 0) {
    throw new McpUsageError(`Saw several folders: ${positionals.join(', ')}. Pass only the folder of the app.`);
  }
  return { folder, console: values.console === undefined ? undefined : consoleOrigin(values.console) };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { console: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch (error) {
    // The first sentence names the option; Node.js adds advice about arguments that start with a hyphen.
    const [fault = ''] = (error as Error).message.split('. ');
    throw new McpUsageError(`${fault.replace(/\.?$/, '.')}\nlocal-run mcp --help shows the options.`);
  }
}

/** The console answers requests by a name of this machine only: see ../console/access.ts. */
function consoleOrigin(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return url.origin;
  throw new McpUsageError(
    `--console: saw ${value}; pass the URL of a console on this machine, such as http://127.0.0.1:3999.`,
  );
}
