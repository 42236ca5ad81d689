/** `npm run token`: prints a token that the APIs of the local run accept. */
import { parseArgs } from 'node:util';
import { cli } from './cli';
import { issueToken } from './issue-token';

const HELP = `Prints a token that the local run accepts. Start it first, with npm start.

  npm run token -- [options]

  --stack NAME      the stack whose routes accept the token (default: the only stack whose routes
                    need tokens)
  --sub NAME        the caller: the claim sub (default: example-user)
  --scope SCOPE     a scope; repeat the option for several scopes
  --claim N=V       adds the claim N; V is JSON or text; repeat the option for several claims
  --expires TIME    the lifetime: a number with s, m, h or d (default: 1h). --expires=-1h makes an
                    expired token
  --issuer URL      the address that npm start prints below "issuer of tokens"
                    (default: http://127.0.0.1:3999)
  --help            shows this help

A request with the token:

  curl -H "Authorization: Bearer $(npm run --silent token -- --sub alice)" \\
    http://127.0.0.1:3000/notes
`;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stack: { type: 'string' },
      sub: { type: 'string' },
      scope: { type: 'string', multiple: true, default: [] },
      claim: { type: 'string', multiple: true, default: [] },
      expires: { type: 'string', default: '1h' },
      issuer: { type: 'string', default: 'http://127.0.0.1:3999' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const { stack, sub, scope, claim, expires, issuer } = values;
  const token = await issueToken(issuer, {
    ...(stack !== undefined && { stack }),
    ...(sub !== undefined && { sub }),
    scopes: scope.flatMap((text) => text.split(' ').filter((name) => name !== '')),
    claims: Object.fromEntries(claim.map(readClaim)),
    expiresInSeconds: readLifetime(expires),
  });
  console.log(token);
}

function readClaim(text: string): [name: string, value: unknown] {
  const separator = text.indexOf('=');
  if (separator < 1) throw new Error(`--claim: saw ${text}. Write a name and a value, such as tenant=acme.`);
  return [text.slice(0, separator), parseIfJson(text.slice(separator + 1))];
}

function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function readLifetime(text: string): number {
  const [, count = '', unit = ''] = /^(-?\d{1,9})([smhd])$/.exec(text) ?? [];
  const seconds = SECONDS[unit];
  if (seconds === undefined) throw new Error(`--expires: saw ${text}. Write a number with s, m, h or d, such as 30m.`);
  return Number(count) * seconds;
}

cli('token', main);
