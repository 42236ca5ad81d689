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

It writes a folder for each stack, with HCL and the archives of the functions. DIR/README.md says
how to deploy, and how to take over the state. A setting becomes a variable if Terraform can use its
value. All other settings are fixed. It changes nothing in this project and nothing in AWS. It needs
Terraform on the PATH.
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
  if (folder === undefined || others.length > 0)
    throw new Error(
      `Pass a folder and at most one app${positionals.length > 0 ? `, not ${positionals.join(' ')}` : ''}.\n\n${HELP}`,
    );
  const target = path.resolve(folder);
  const stacks = await eject(target, path.resolve(ROOT, app));
  for (const stack of stacks) console.log(path.join(folder, stack));
  console.log(`\nNext: read ${path.join(folder, 'README.md')}.`);
}

cli('eject', main);
