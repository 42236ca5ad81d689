/** `npm run iam`: compares the DynamoDB actions granted to each function with the calls that it makes. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { differs, measure, type StackReport } from './iam/measure';
import { exampleApps, ROOT } from './project';
import { reportText, summaryText } from './iam/text';

const HELP = `Compares the DynamoDB actions granted to each function with the calls that it makes.

  npm run iam -- [options] [FOLDER ...]

  FOLDER           apps (default: this project and examples/*)
  --stack NAME     runs only the session of this stack; can be repeated; the default FOLDER is
                   then this project
  --allow-missing  accepts stacks without a session
  --json           prints JSON: [{app, layout, stack, functions: [{function, role, rows}]}]
  --help           shows this help

It runs the synthesized stacks on this machine, once with one function for each stack and once
with one function for each route. It runs their sessions (see npm run smoke -- --help), which
exercise every operation, and prints for each function the granted actions, the routes that call
them, and a verdict:

  used      granted and called
  retry     granted for the retry of a write whose answer was lost (afterLostAnswer in
            function/contract/needs.ts); no session can cause it
  together  granted together with a resource that is called: query of a handler grants the table
            and all indexes
  unused    granted, never called
  wide      a wildcard allows more than was called
  missing   called, not granted
  bounded   granted, but the permissions boundary of the role does not allow it
  unknown   granted; the session has no step for it, or there is no session

Exit status:
  0  grants and calls are the same; the verdicts unknown, retry and together are no differences
  1  a stack has no session, or the comparison failed
  2  grants and calls differ, or an answer differs from the documented answer
`;

/** The name of each layout in reports, and its setting. */
const LAYOUTS = [
  { name: 'one function', functionPerRoute: false },
  { name: 'one function for each route', functionPerRoute: true },
] as const;

type Report = StackReport & { readonly app: string; readonly layout: string };

async function reportsOf(app: string, stacks: readonly string[]): Promise<Report[]> {
  const all: Report[] = [];
  for (const { name, functionPerRoute } of LAYOUTS) {
    console.error(`Synthesizing and starting the stacks of ${app} with ${name} ...`);
    const measured = await measure({
      app: path.resolve(ROOT, app),
      functionPerRoute,
      stacks,
      onProgress: (line) => console.error(`  ${line}`),
    });
    // A stack with one function in both layouts is already in the reports of the first layout.
    const shown = measured.filter(({ functions }) => !functionPerRoute || functions.length > 1);
    const skipped = measured.filter((report) => !shown.includes(report)).map(({ stack }) => stack);
    if (skipped.length > 0) console.error(`  ${skipped.join(', ')}: one function in both layouts, see above`);
    all.push(...shown.map((report) => ({ app, layout: name, ...report })));
  }
  return all;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stack: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
      'allow-missing': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const { stack: stacks = [] } = values;
  const apps = positionals.length > 0 ? positionals : ['.', ...(stacks.length > 0 ? [] : exampleApps())];
  const all: Report[] = [];
  for (const app of apps) all.push(...(await reportsOf(app, stacks)));
  const colored = process.stdout.isTTY && !process.env['NO_COLOR'];
  if (values.json) console.log(JSON.stringify(all, null, 2));
  else {
    console.log(`\n${all.map((report) => reportText(report, report.layout, colored)).join('\n')}`);
    console.log(summaryText(all));
  }
  const isMissing = !values['allow-missing'] && all.some(({ hasSession }) => !hasSession);
  process.exitCode = all.some(differs) ? 2 : isMissing ? 1 : 0;
}

cli('iam', main);
