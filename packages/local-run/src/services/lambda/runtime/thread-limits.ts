/**
 * Features of a process that a thread does not have. On Lambda, a function runs in a process of its own and can use them. Here,
 * each fails with a sentence that names the local run (Node.js documentation, "Class: Worker").
 */
import { RuntimeError } from './failure';

const ERROR_TYPE = 'LocalRun.NotSimulated';

const REASON = 'because its functions are threads of one process. AWS Lambda supports it';

/** Methods of `process` that a worker thread refuses, with the advice for each. */
const METHODS: Readonly<Record<string, string>> = {
  abort: 'Throw an error to end the instance.',
  chdir: 'Use absolute paths, for example with path.join(os.tmpdir(), name).',
  initgroups: 'Remove the call.',
  setegid: 'Remove the call.',
  seteuid: 'Remove the call.',
  setgid: 'Remove the call.',
  setgroups: 'Remove the call.',
  setuid: 'Remove the call.',
};

/** Names of UTC, in which every function of the local run is. */
const UTC = /^:?((Etc\/)?(UTC|UCT|GMT|Universal|Zulu|Greenwich))?$/;

/** Replaces the methods of `process` and the global `awslambda` that cannot work in a thread. */
export function refuseProcessFeatures(): void {
  for (const [name, advice] of Object.entries(METHODS)) {
    Object.assign(process, { [name]: () => refuse(`process.${name}()`, advice) });
  }
  const umask = Reflect.get(process, 'umask') as (mask?: number) => number;
  const readUmask = (mask?: number) =>
    mask === undefined ? umask() : refuse('process.umask(mask)', 'Pass the mode to each call of fs.');
  Object.assign(process, { umask: readUmask });
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: () =>
        refuse(
          'awslambda.streamifyResponse()',
          'Return the whole response from the handler.',
          'its APIs do not stream',
        ),
    },
  });
}

/** @throws RuntimeError when the function changed its time zone */
export function checkTimeZone({ TZ: zone = '' }: NodeJS.ProcessEnv): void {
  if (UTC.test(zone)) return;
  refuse(
    `process.env.TZ = ${JSON.stringify(zone)}`,
    `Name the zone where you format a date: new Intl.DateTimeFormat('en', { timeZone: 'Europe/Paris' }).`,
  );
}

function refuse(feature: string, advice: string, reason = REASON): never {
  const why = reason === REASON ? REASON : `because ${reason}. AWS Lambda supports it`;
  throw new RuntimeError(ERROR_TYPE, `${feature}: the local run does not support it, ${why}. ${advice}`);
}
