/** `npm run synth`: what `cdktf synth` does, in a sixth of its time. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { OUT, ROOT, synth } from './terraform/synth';

const HELP = `Synthesizes the stacks: Terraform's JSON, and the archives of the functions.

  npm run synth -- [--output FOLDER]

  --output FOLDER  default: cdktf.out
  --help           shows this
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { output: { type: 'string', default: OUT }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  for (const { name, folder } of await synth({ out: values.output })) {
    console.log(`${name}  ${path.relative(ROOT, path.join(folder, 'cdk.tf.json'))}`);
  }
}

cli('synth', main);
