/** Secrets that occur in a value without a mark. */
import { type Attack, resource, type Resource } from '../build';
import { SECRET, secretIn } from './secret';

/** The secret occurs in an unmarked attribute of a resource that changes. */
function secretInAttribute(hides: string, value: (secret: string) => unknown, shows?: RegExp, secret = SECRET): Attack {
  const server = (secretNow: string): Resource =>
    resource('aws_instance.server', { note: 'old' }, { note: value(secretNow) });
  return secretIn(hides, (secretNow) => ({ resources: [server(secretNow)] }), shows, secret);
}

export const secretsInValues: readonly Attack[] = [
  secretInAttribute('a secret within a text', (secret) => `curl -u a:${secret} https://x.example`, /x\.example/),
  secretInAttribute('a secret as the key of a map', (secret) => ({ [secret]: 'x', shown: 'gate-4' }), /gate-4/),
  secretInAttribute('a secret in JSON text', (secret) => JSON.stringify({ password: secret, port: 5433 }), /5433/),
  secretInAttribute('a secret as a key of JSON text', (secret) => JSON.stringify({ [secret]: 5433 }), /5433/),
  secretInAttribute(
    'a secret in JSON within JSON',
    (secret) => JSON.stringify({ inner: JSON.stringify({ password: secret, port: 5433 }) }),
    /5433/,
  ),
  secretInAttribute(
    'a secret in JSON text, with escaped letters',
    (secret) =>
      `{"password":"${Array.from(secret)
        .map((c) => `\\u00${c.charCodeAt(0).toString(16)}`)
        .join('')}","port":5433}`,
    /5433/,
  ),
  secretInAttribute('a secret in a list', (secret) => ['first', secret, 'last'], /last/),
  secretInAttribute('a secret in a URL', (secret) => `https://x.example/?key=${secret}&port=5433`, /5433/),
  secretInAttribute(
    'a secret in a long text, where a cut falls into it',
    (secret) => `${'a'.repeat(150)}${secret}${'b'.repeat(150)}`,
  ),
  secretInAttribute('a long secret at the border of what is shown', (secret) => `${'ab '.repeat(50)}${secret}`),
  secretInAttribute('a secret of many characters', (secret) => `x ${secret} y`, /x .* y/, `${SECRET}_`.repeat(20)),
  secretInAttribute('a secret of two lines', (secret) => `a\n${secret}\nb`, undefined, `${SECRET}\n${SECRET}-2`),
  secretInAttribute(
    'each line of a secret, in another order',
    (secret) => secret.split('\n').reverse().join('\n'),
    undefined,
    `Aq7-vonLindwurm-93xA\nBq7-vonLindwurm-93xB`,
  ),
  secretInAttribute('a secret with quotes', (secret) => `say ${secret}`, undefined, `Zq7"von"Lindwurm\\93xK`),
  secretInAttribute(
    'a secret with quotes, in JSON text',
    (secret) => JSON.stringify({ password: secret }),
    undefined,
    `Zq7"von"Lindwurm\\93xK`,
  ),
  secretInAttribute(
    'a secret with quotes, in JSON within JSON that nothing parses',
    (secret) => `x ${JSON.stringify({ inner: JSON.stringify({ password: secret, port: 5433 }) })}`,
    /5433/,
    `Zq7"von"Lindwurm\\93xK`,
  ),
  secretInAttribute('a secret with markup', (secret) => `say ${secret}`, undefined, 'Zq7`von|Lindwurm<93>xK'),
  secretInAttribute(
    'a secret with a no-break space',
    (secret) => `say ${secret}`,
    undefined,
    'Zq7\u00a0von\u00a0Lindwurm',
  ),
  secretInAttribute(
    'the parts of a secret that is a JSON text',
    (secret) => `user captain, password ${/"p":"(.*)"/.exec(secret)?.[1] ?? secret}`,
    /user captain/,
    JSON.stringify({ p: 'Zq7-vonLindwurm-93xK' }),
  ),
];
