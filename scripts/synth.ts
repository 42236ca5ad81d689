/** `npm run synth`: writes the same files as `cdktf synth`, in less time. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { ROOT } from './project';
import { DEFAULT_OUT, synth } from './terraform/synth';

const HELP = `Synthesizes the stacks: Terraform's JSON, and the archives of the functions.

  npm run synth -- [--output FOLDER] [APP]

  APP              folder of the app, for example examples/orders (default: this project)
  --output FOLDER  writes to this folder, relative to the app (default: cdktf.out)
  --help           shows this help
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', default: DEFAULT_OUT },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [app = '.', ...others] = positionals;
  if (others.length > 0) throw new Error(`Name one app, not ${positionals.join(' ')}.`);
  for (const { name, folder } of await synth({ root: path.resolve(ROOT, app), out: values.output })) {
    console.log(`${name}  ${path.relative(ROOT, path.join(folder, 'cdk.tf.json'))}`);
  }
}

cli('synth', main);
