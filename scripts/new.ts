/** `npm run new`: adds an API to the project, or removes one. */
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { addApi, TEMPLATES } from './new/add-api';
import { removeApi } from './new/remove-api';

const HELP = `Adds an API to the project, or removes one.

  npm run new -- NAME [--from TEMPLATE]
  npm run new -- --remove NAME [--force]

  NAME             name of the API and of its stack: lower-case letters, digits and hyphens
  --from TEMPLATE  the example whose contract is copied (default: todos):
                   ${TEMPLATES.join(', ')}
  --remove NAME    deletes the files of the API and the tests that import it, and removes it from
                   main.ts
  --force          also deletes files with uncommitted changes
  --help           shows this help

It writes function/NAME/contract.ts and a test in __tests__/system, and adds the contract to the
list in main.ts. Files that exist stay as they are. npm start then serves the API.
`;

function run(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: 'string', default: 'todos' },
      remove: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [name, ...others] = positionals;
  if (values.remove !== undefined) {
    if (name !== undefined) throw new Error(`--remove takes one name, but ${name} follows it.`);
    console.log(removeApi(values.remove, values.force).join('\n'));
    return;
  }
  if (name === undefined || others.length > 0) throw new Error(`Pass the name of one API.\n\n${HELP}`);
  console.log(addApi(name, values.from).join('\n'));
}

cli('new', () => Promise.resolve().then(run));
