/** `npm run eject`: writes the stacks as plain Terraform, which needs neither CDKTF nor Node.js. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { eject } from './eject/eject';
import { ROOT } from './project';

const HELP = `Writes the stacks as plain Terraform, which needs neither CDKTF nor Node.js.

  npm run eject -- DIR [APP]

  DIR     a new or empty folder
  APP     folder of the app, for example examples/orders (default: this project)
  --help  shows this help

DIR gets a folder for each stack, with HCL, the archives of the functions, and a README.md that says how to deploy, and how
to take over the state. Settings whose value Terraform needs become variables. All other settings are fixed.
Nothing in this project and nothing in AWS changes. Needs Terraform on the PATH.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [folder, app = '.', ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new Error(`Pass a folder, and at most one app.\n\n${HELP}`);
  const target = path.resolve(folder);
  const stacks = await eject(target, path.resolve(ROOT, app));
  for (const stack of stacks) console.log(path.join(folder, stack));
  console.log(`\nNext: read ${path.join(folder, 'README.md')}.`);
}

cli('eject', main);
