/** The names of the stacks that the suite deploys. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { definitions } from '../../../stacks/settings';
import { type Environment, run } from './run';
import { WORK } from './target';

/**
 * Sets every setting to its default, regardless of cdktf.json: the suite expects the results of the defaults. For a setting
 * with an empty default, the value in cdktf.json still applies, because an empty variable counts as unset.
 */
export const DEFAULT_SETTINGS: Environment = Object.fromEntries(
  Object.values(definitions).map(({ variable, default: value }) => [
    variable,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]),
);

/** Synthesizes the app. @returns the names of its stacks, without `state`, which only `npm run bootstrap` deploys */
export async function synthesizeStacks(): Promise<string[]> {
  const folder = path.join(WORK, 'names');
  await run('npm', ['run', '--silent', 'synth', '--', '--output', folder], DEFAULT_SETTINGS);
  const { stacks } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as { stacks: object };
  return Object.keys(stacks).filter((name) => name !== 'state');
}
