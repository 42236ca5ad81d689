/** `npm run breaking`: lists the changes of the contracts since a Git revision that break callers. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { breakingChanges } from './breaking/contracts';
import { type ApiFindings, breakingReport, breakingText } from './breaking/report';
import { atRevision, type Contracts, readContracts } from './breaking/revisions';
import { cli } from './cli';
import { ROOT } from './project';

const HELP = `Lists the changes of contracts that break callers, or that stored items do not fit.

  npm run breaking -- --base REVISION [options] [FOLDER]

  FOLDER           an app of its own, for example examples/orders (default: this project)
  --base REVISION  compares with this Git revision, for example main
  --output FILE    writes the list as Markdown to this file, or an empty file when nothing breaks
  --exit-code      ends with status 2 when something breaks
  --help           shows this help
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      base: { type: 'string' },
      output: { type: 'string' },
      'exit-code': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (values.base === undefined) throw new Error('--base is missing. Name a Git revision, for example --base main.');
  const [app = ''] = positionals;
  const before = await atRevision(values.base, (root) => readContracts(root, app));
  if (before.size === 0)
    console.warn(`The app of ${values.base} wrote no contracts; there is nothing to compare with.`);
  const apis = compare(before, await readContracts(ROOT, app));
  const text = breakingText(apis);
  if (values.output !== undefined) writeFileSync(values.output, breakingReport(apis));
  process.stdout.write(text || `Nothing breaks callers of the contracts in ${values.base}.\n`);
  if (values['exit-code'] && text !== '') process.exitCode = 2;
}

function compare(before: Contracts, after: Contracts): ApiFindings[] {
  return [...before].map(([api, old]) => {
    const now = after.get(api);
    return { api, findings: now ? breakingChanges(old, now) : [{ place: 'API', change: 'is gone' }] };
  });
}

cli('breaking', main);
