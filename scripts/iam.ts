/** `npm run iam`: compares the DynamoDB actions granted to each function with the calls that it makes. */
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { differs, measure, type StackReport } from './iam/measure';
import { reportText, summaryText } from './iam/text';

const HELP = `Compares the DynamoDB actions granted to each function with the calls that it makes.

  npm run iam -- [options]

It runs the synthesized stacks on this machine, once with one function for each stack and once with one
function for each route. It exercises every operation (the sessions in scripts/smoke/sessions.ts), and prints
for each function the granted actions, the routes that call them, and a verdict:

  used      granted and called
  unused    granted, never called
  wide      a wildcard allows more than was called
  missing   called, not granted
  unknown   granted; the session has no step for it, or there is no session

  --json    prints JSON: [{layout, stack, functions: [{function, role, rows}]}]
  --help    shows this help

It ends with status 0 when grants and calls are the same (unknown is not a difference), with 2 when they or
an answer of a session differ, and with 1 when they could not be compared.
`;

/** The name of each layout in reports, and its setting. */
const LAYOUTS = [
  { name: 'one function', functionPerRoute: false },
  { name: 'one function for each route', functionPerRoute: true },
] as const;

type Report = StackReport & { readonly layout: string };

async function reports(): Promise<Report[]> {
  const all: Report[] = [];
  for (const { name, functionPerRoute } of LAYOUTS) {
    console.error(`Synthesizing and starting the stacks with ${name} ...`);
    const measured = await measure({ functionPerRoute, onProgress: (line) => console.error(`  ${line}`) });
    // A stack with one function in both layouts is already in the reports of the first layout.
    const shown = measured.filter(({ functions }) => !functionPerRoute || functions.length > 1);
    const skipped = measured.filter((report) => !shown.includes(report)).map(({ stack }) => stack);
    if (skipped.length > 0) console.error(`  ${skipped.join(', ')}: one function in both layouts, see above`);
    all.push(...shown.map((report) => ({ layout: name, ...report })));
  }
  return all;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const all = await reports();
  const colored = process.stdout.isTTY && !process.env['NO_COLOR'];
  if (values.json) console.log(JSON.stringify(all, null, 2));
  else {
    console.log(`\n${all.map((report) => reportText(report, report.layout, colored)).join('\n')}`);
    console.log(summaryText(all));
  }
  process.exitCode = all.some(differs) ? 2 : 0;
}

cli('iam', main);
