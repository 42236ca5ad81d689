/** `npm run smoke`: runs the documented session of each API against a deployment. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { ROOT } from './project';
import { missingSession, sessionOf } from './smoke/find-session';
import { apiStacks, readOutputs } from './smoke/outputs';
import { runSession } from './smoke/session';
import { stacksWithAuth } from './smoke/stacks-with-auth';
import type { Session } from './smoke/step';

const HELP = `Runs each API's session against a deployment, and compares the answers with the expected answers.

  npm run smoke -- [options] FILE

  FILE             outputs of the deployment, written by one of
                     npm start -- --outputs-file FILE
                     npm run deploy -- --outputs-file FILE
                     cdktf deploy --outputs-file FILE --outputs-file-include-sensitive-outputs
  --app FOLDER     the app of the deployment (default: this project), for example examples/orders
  --allow-missing  skips stacks without a session
  --skip-without-credentials
                   skips stacks with a route that needs a token or a signature
  --help           shows this help

smoke makes each session from the contract: the session creates an item, sends it through every
operation, and deletes it if the contract has a delete route. For handlers, write the steps in
session.ts beside the contract.

smoke sends the credentials that the contract's auth requires:

  apiKey              the output api_key
  iam                 signs the requests with the AWS credentials of the environment
  jwt, cognito        SMOKE_TOKEN; against the local run, a token of its issuer
  cognito (scopes)    SMOKE_ACCESS_TOKEN; without it SMOKE_TOKEN, if no route needs an identity
                      token
  Lambda authorizers  SMOKE_TOKEN_<NAME OF THE AUTHORIZER> or SMOKE_TOKEN, sent in the
                      authorizer's header

After an unexpected answer, smoke ends the session of the stack, checks the other stacks, and ends
with status 1. It also ends with status 1 when a stack has no session. Existing items stay
unchanged, because the new item has a random key. If the contract allows too few keys, and an item
with the key exists, delete the item that smoke names.
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      app: { type: 'string', default: '.' },
      'allow-missing': { type: 'boolean', default: false },
      'skip-without-credentials': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [file] = positionals;
  if (file === undefined) throw new Error(`The outputs file is missing.\n\n${HELP}`);
  const outputs = readOutputs(file);
  const app = path.resolve(ROOT, values.app);
  const stacks = apiStacks(outputs);
  const skipped = values['skip-without-credentials'] ? await stacksWithAuth(stacks, app) : new Map<string, string>();
  for (const [stack, auth] of skipped) console.log(`${stack}: skipped, because ${auth} needs credentials.`);
  const checked = stacks.filter((stack) => !skipped.has(stack));
  const sessions = await findSessions(checked, app, values['allow-missing']);
  const asDocumented: string[] = [];
  const differences: string[] = [];
  for (const [stack, session] of sessions) {
    const difference = await runSession(stack, outputs[stack] ?? {}, session);
    if (difference === undefined) asDocumented.push(stack);
    else differences.push(difference);
  }
  if (sessions.size === 0 && skipped.size === 0)
    throw new Error(`${file}: no stack in it has a session, so nothing was checked.`);
  if (asDocumented.length > 0) console.log(`\n${asDocumented.join(', ')}: as documented.`);
  if (differences.length > 0) throw new Error(differences.join('\n'));
}

async function findSessions(
  stacks: readonly string[],
  app: string,
  allowMissing: boolean,
): Promise<ReadonlyMap<string, Session>> {
  const sessions = new Map<string, Session>();
  const missing: string[] = [];
  for (const stack of stacks) {
    const session = await sessionOf(stack, app);
    if (session) sessions.set(stack, session);
    else missing.push(await missingSession(stack, app));
  }
  if (missing.length === 0) return sessions;
  if (!allowMissing) throw new Error(`${missing.join('\n')}\nOr pass --allow-missing to skip such stacks.`);
  console.log(missing.join('\n'));
  return sessions;
}

cli('smoke', main);
