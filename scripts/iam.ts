/** `npm run iam`: compares what each function may do to DynamoDB with what it does, and ends with 1 when they differ. */
import { parseArgs } from 'node:util';
import { DeploymentError, SynthError } from 'local-run';
import { differs, measure, type StackReport } from './iam/measure';
import { reportText, summaryText } from './iam/text';

const HELP = `Compares the DynamoDB actions granted to each function with the calls that it makes.

  npm run iam -- [options]

It runs the synthesized stacks on this machine, once with one function a stack and once with
a function a route, asks each for every operation (the sessions in scripts/smoke/sessions.ts),
and prints per function: the actions granted, the routes that call them, and the verdict.

  used      granted, and called
  unused    granted, and never called
  wide      a wildcard allows more than was called
  missing   called, but not granted
  unknown   granted; nothing asked for it, as the session lacks a step or there is none

  --json    prints the same for machines: [{layout, stack, functions: [{function, role, rows}]}]
  --help    shows this

It ends with 0 when grants and calls are the same (what is unknown counts as no difference),
with 1 when they differ, and with 2 when it could not look.
`;

interface Arguments {
  readonly json: boolean;
  readonly help: boolean;
}

/** What a person calls each layout, and how it is set. */
const LAYOUTS = [
  { name: 'one function', functionPerRoute: false },
  { name: 'a function a route', functionPerRoute: true },
] as const;

type Report = StackReport & { readonly layout: string };

function readArguments(): Arguments {
  try {
    const { values } = parseArgs({
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    });
    return values;
  } catch (error) {
    console.error(`${(error as Error).message.split('\n')[0]}\nnpm run iam -- --help shows the options.`);
    process.exit(2);
  }
}

async function reports(): Promise<Report[]> {
  const all: Report[] = [];
  for (const { name, functionPerRoute } of LAYOUTS) {
    console.error(`Synthesizing and starting the stacks with ${name} ...`);
    const found = await measure({ functionPerRoute, onProgress: (line) => console.error(`  ${line}`) });
    // A stack with one function in both layouts has been looked at already.
    const shown = found.filter(({ functions }) => !functionPerRoute || functions.length > 1);
    const left = found.filter((report) => !shown.includes(report)).map(({ stack }) => stack);
    if (left.length > 0) console.error(`  ${left.join(', ')}: have one function in any case, as above`);
    all.push(...shown.map((report) => ({ layout: name, ...report })));
  }
  return all;
}

async function main(): Promise<void> {
  const { json, help } = readArguments();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const all = await reports();
  const colored = process.stdout.isTTY && !process.env['NO_COLOR'];
  if (json) console.log(JSON.stringify(all, null, 2));
  else {
    console.log(`\n${all.map((report) => reportText(report, report.layout, colored)).join('\n')}`);
    console.log(summaryText(all));
  }
  process.exitCode = all.some(differs) ? 1 : 0;
}

main().catch((error: unknown) => {
  const explained = error instanceof SynthError || error instanceof DeploymentError;
  console.error(explained ? error.message : error);
  process.exitCode = 2;
});
