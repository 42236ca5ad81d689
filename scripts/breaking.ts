/** `npm run breaking`: lists the contract changes since a Git revision that break callers or do not fit stored items. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { breakingChanges } from './breaking/contracts';
import { type ApiFindings, breakingReport, breakingText } from './breaking/report';
import { atRevision, type Contracts, readContracts } from './breaking/revisions';
import { cli } from './cli';
import { ROOT } from './project';

const HELP = `Lists contract changes that break callers or do not fit stored items.

  npm run breaking -- --base REVISION [options] [FOLDER]

  FOLDER           the folder of another app, for example examples/orders (default: this project)
  --base REVISION  compares with this Git revision, for example main
  --output FILE    writes the list as Markdown to this file; without breaking changes, the file is
                   empty
  --exit-code      ends with status 2 when there are breaking changes
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
    console.warn(`The app of the revision ${values.base} wrote no contracts, so no contract is compared.`);
  const apis = compare(before, await readContracts(ROOT, app));
  const text = breakingText(apis);
  if (values.output !== undefined) writeFileSync(values.output, breakingReport(apis));
  process.stdout.write(text || `There are no breaking changes since ${values.base}.\n`);
  if (values['exit-code'] && text !== '') process.exitCode = 2;
}

function compare(before: Contracts, after: Contracts): ApiFindings[] {
  return [...before].map(([api, old]) => {
    const now = after.get(api);
    return { api, findings: now ? breakingChanges(old, now) : [{ place: 'API', change: 'is gone' }] };
  });
}

cli('breaking', main);
