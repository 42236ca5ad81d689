/** Reads and checks the arguments of `local-run` (`npm start`). */
import { parseArgs } from 'node:util';
import { SCALING_MODES, type ScalingMode } from './services/lambda/scaling';
import { LOG_FORMATS, type LogFormat } from './print/printer';
import type { TerraformOptions } from './start-options';

export const HELP = `Runs the APIs of a CDKTF app, or of a folder of Terraform files, on this machine, without AWS.

  local-run [DIR] [options]        npm start -- [DIR] [options]

  DIR                  folder of the CDKTF app, with its cdktf.json, or of the Terraform files,
                       *.tf or *.tf.json (default: the current folder)
  --watch              applies saved changes of functions, stacks and settings; tables keep
                       their items
  --port N             port of the first API; each further API has the next free port, in order
                       of the stack names. An API keeps its port in later runs (default 3000;
                       0: any free ports)
  --only STACK         serves this stack alone; can occur several times (default: all stacks)
  --console-port N     port of the console page (default 3999, or any free port if 3999 is taken
                       or --port is 0)
  --outputs-file FILE  writes the outputs of all stacks to FILE when the APIs are ready, in the
                       format of cdktf deploy --outputs-file; for Terraform files, with the base
                       address of each API (apis)
  --data FOLDER        keeps the tables in FOLDER (default: in memory, lost when the run ends)
  --dynamodb-endpoint URL
                       uses a DynamoDB that already runs instead of the built-in one
  --aws-endpoint URL   sends calls of functions to services other than DynamoDB to an emulator of
                       AWS (default: these calls fail)
  --strict             ends the start when a resource decides about responses and is not simulated
                       (default: its routes answer 501)
  --instances MODE     when a function starts another instance (default cores):
                       requests: for each request that finds no idle instance, as in Lambda;
                       cores: at most as many instances as the machine has cores, plus one,
                       compute at a time, which is faster
  --inspect            lets a debugger attach (VS Code, Chrome): breakpoints in the TypeScript of
                       handlers are hit in every instance, and nothing times out
  --inspect-port N     port of --inspect (default 9229; 0: any free port)
  --no-cache           synthesizes the app, or evaluates the Terraform files, at each start, even
                       if no file of the project has changed
  --verbose            also prints the JSON lines of loggers below the level WARN, START, END and
                       REPORT of each invocation, and the event and the result of each request
  --log-format FORMAT  text, or json: one JSON object per line, for machines (default text)
  -h, --help           prints this help

  For Terraform files:

  --var NAME=VALUE     sets a variable; can occur several times
  --var-file FILE      sets the variables in FILE; can occur several times
  --workspace NAME     the workspace (default: TF_WORKSPACE, or the selected workspace of DIR)
  --provisioners       runs the provisioners of resources, which are commands of the project
                       (default: they are not run)

  local-run mcp        lets coding agents work with the run: see local-run mcp --help
`;

/** The default of Node.js, which debuggers expect. */
const DEFAULT_INSPECT_PORT = 9229;

export interface Arguments {
  /** Folder of cdktf.json, or of Terraform files. */
  readonly folder: string;
  readonly watch: boolean;
  readonly port: number;
  /** Undefined: 3999, or any free port if 3999 is taken. */
  readonly consolePort: number | undefined;
  readonly outputsFile: string | undefined;
  readonly data: string | undefined;
  readonly dynamodbEndpoint: string | undefined;
  readonly instances: ScalingMode;
  /** Port of the inspector. Undefined: no debugger can attach. */
  readonly inspect: number | undefined;
  readonly cache: boolean;
  readonly verbose: boolean;
  readonly logFormat: LogFormat;
  readonly only: readonly string[];
  readonly strict: boolean;
  readonly awsEndpoint: string | undefined;
  readonly terraform: TerraformOptions;
}

/** The arguments are not valid. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * @returns undefined for `--help`
 * @throws UsageError that lists all faults
 */
export function readArguments(argv: readonly string[]): Arguments | undefined {
  const { values, positionals } = parse(argv);
  if (values.help) return undefined;
  const faults: string[] = [];
  const [folder = '.', ...extraFolders] = positionals;
  if (extraFolders.length > 0) faults.push(`Saw several folders: ${positionals.join(', ')}. Pass one folder.`);
  const { data, strict, verbose, watch, 'outputs-file': outputsFile, 'dynamodb-endpoint': dynamodbEndpoint } = values;
  const { var: variables, 'var-file': variableFiles, workspace, provisioners, 'aws-endpoint': awsEndpoint } = values;
  const port = readPort('--port', values.port, faults);
  const consolePort = values['console-port'];
  const logFormat = LOG_FORMATS.find((format) => format === values['log-format']);
  if (!logFormat) faults.push(`--log-format: saw ${values['log-format']}; allowed are ${LOG_FORMATS.join(' and ')}.`);
  const instances = SCALING_MODES.find((mode) => mode === values.instances);
  if (!instances) faults.push(`--instances: saw ${values.instances}; allowed are ${SCALING_MODES.join(' and ')}.`);
  if (outputsFile === '' || data === '') faults.push('--outputs-file and --data: saw an empty value; pass a path.');
  checkUrl('--dynamodb-endpoint', dynamodbEndpoint, 'http://127.0.0.1:8000', faults);
  checkUrl('--aws-endpoint', awsEndpoint, 'http://127.0.0.1:4566', faults);
  for (const variable of variables.filter((text) => !/^[^=]+=/.test(text))) {
    faults.push(`--var: saw ${variable}; allowed is NAME=VALUE.`);
  }
  if (variableFiles.includes('')) faults.push('--var-file: saw an empty value; pass a path.');
  if (workspace === '') faults.push('--workspace: saw an empty value; pass a name.');
  if (dynamodbEndpoint !== undefined && data !== undefined) {
    faults.push('--data and --dynamodb-endpoint exclude each other. Pass only one of them.');
  }
  const result = {
    folder,
    watch,
    port,
    consolePort: consolePort === undefined ? undefined : readPort('--console-port', consolePort, faults),
    outputsFile,
    data,
    dynamodbEndpoint,
    instances: instances ?? 'cores',
    inspect: readInspect(values, faults),
    cache: !values['no-cache'],
    verbose,
    logFormat: logFormat ?? 'text',
    only: values.only,
    strict,
    awsEndpoint,
    terraform: { variables, variableFiles, workspace, provisioners },
  };
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
  return result;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        watch: { type: 'boolean', default: false },
        port: { type: 'string', default: '3000' },
        only: { type: 'string', multiple: true, default: [] },
        'console-port': { type: 'string' },
        'outputs-file': { type: 'string' },
        data: { type: 'string' },
        'dynamodb-endpoint': { type: 'string' },
        instances: { type: 'string', default: 'cores' },
        inspect: { type: 'boolean', default: false },
        'inspect-port': { type: 'string' },
        'no-cache': { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        'log-format': { type: 'string', default: 'text' },
        strict: { type: 'boolean', default: false },
        'aws-endpoint': { type: 'string' },
        var: { type: 'string', multiple: true, default: [] },
        'var-file': { type: 'string', multiple: true, default: [] },
        workspace: { type: 'string' },
        provisioners: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    // The first sentence names the option; Node.js adds advice about arguments that start with a hyphen.
    const [fault = ''] = (error as Error).message.split('. ');
    throw new UsageError(`${fault.replace(/\.?$/, '.')}\nnpm start -- --help shows the options.`);
  }
}

/** `--inspect-port` alone also starts the inspector. @returns undefined without both options */
function readInspect(
  { inspect, 'inspect-port': port }: { readonly inspect: boolean; readonly 'inspect-port'?: string | undefined },
  faults: string[],
): number | undefined {
  if (port !== undefined) return readPort('--inspect-port', port, faults);
  return inspect ? DEFAULT_INSPECT_PORT : undefined;
}

function readPort(option: string, value: string, faults: string[]): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) {
    faults.push(`${option}: saw ${value}; allowed is a whole number from 0 to 65535.`);
  }
  return Number(value);
}

function checkUrl(option: string, value: string | undefined, example: string, faults: string[]): void {
  if (value === undefined || /^https?:$/.test(protocolOf(value))) return;
  faults.push(`${option}: saw ${value}; allowed is a URL such as ${example}.`);
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}
