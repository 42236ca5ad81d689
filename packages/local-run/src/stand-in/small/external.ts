/** The stand-in for hashicorp/external. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import type { Provider, Values } from '../provider/provider';
import { StandInError } from '../provider/stand-in-error';
import { computed, MAP_OF_STRINGS, optional, providerSchemas, required, schema } from '../schema/define';
import { text } from '../provider/text';

interface ExternalOptions {
  readonly folder: string;
  readonly environment?: NodeJS.ProcessEnv;
}

export function external(options: ExternalOptions): Provider {
  return {
    schemas: providerSchemas(
      {},
      {
        external: schema({
          ...{
            program: required(['list', 'string']),
            working_dir: optional('string'),
            query: optional(MAP_OF_STRINGS),
          },
          result: computed(MAP_OF_STRINGS),
        }),
      },
    ),
    resources: {},
    dataSources: { external: async (config) => ({ id: '-', result: await runProgram(config, options) }) },
  };
}

/** Runs the program with the query on its standard input. @returns the JSON object that the program prints */
async function runProgram(config: Values, { folder, environment = process.env }: ExternalOptions): Promise<unknown> {
  const { program, working_dir: workingFolder, query } = config;
  const [command = '', ...parameters] = program as readonly string[];
  const cwd = path.resolve(folder, text(workingFolder, '.'));
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile(
      command,
      parameters,
      { cwd, env: environment, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else
          reject(
            new StandInError('The program of a data source failed', `${command} in ${cwd}: ${stderr || error.message}`),
          );
      },
    );
    // A program that reads no input may have ended.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(JSON.stringify(query ?? {}));
  });
  try {
    return JSON.parse(output) as unknown;
  } catch {
    const detail = `${command} printed "${output.slice(0, 200)}". Print one JSON object whose values are strings.`;
    throw new StandInError('The program of a data source printed no JSON', detail);
  }
}
