/** `npm run synth`: writes the same files as `cdktf synth`, in less time. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { ROOT } from './project';
import { DEFAULT_OUT, synth } from './terraform/synth';
import { writeSynthesizedFile } from './terraform/synthesized-file';

const HELP = `Synthesizes the stacks: Terraform's JSON, and the archives of the functions.

  npm run synth -- [options] [APP]

  APP              folder of the app, for example examples/orders (default: this project)
  --output FOLDER  writes to this folder, relative to the app (default: cdktf.out)
  --bundle FILE    also writes Terraform's JSON of all stacks into one file, for the
                   option --synthesized of npm run plan
  --first FILE     with --bundle: Markdown for the start of the plans' summary, for example from
                   npm run breaking
  --help           shows this help
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', default: DEFAULT_OUT },
      bundle: { type: 'string' },
      first: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [app = '.', ...others] = positionals;
  if (others.length > 0) throw new Error(`Name one app, not ${positionals.join(' ')}.`);
  if (values.first !== undefined && values.bundle === undefined) throw new Error('--first needs --bundle.');
  const first = values.first === undefined ? '' : readFileSync(values.first, 'utf8');
  const stacks = await synth({ root: path.resolve(ROOT, app), out: values.output });
  for (const { name, folder } of stacks) {
    console.log(`${name}  ${path.relative(ROOT, path.join(folder, 'cdk.tf.json'))}`);
  }
  if (values.bundle !== undefined) writeSynthesizedFile(values.bundle, stacks, first);
}

cli('synth', main);
