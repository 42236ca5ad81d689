/** Destroys previews that nobody uses: a workflow runs it every night. GitHub runs no workflow for a closed pull request with conflicts. */
import { stateKey } from '../../stacks/names';
import { isPreviewEnvironment, previewEnvironment } from '../../stacks/previews';
import type { Settings } from '../../stacks/settings';
import { type StateObject, StateObjects } from '../terraform/state-objects';
import { destroyPreview } from './destroy';
import { previewSettings } from './settings';

/** Days without a change of a state after which a preview is destroyed. */
export const MAX_AGE_DAYS = 3;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The time after which the sweep starts no destruction: its job ends after 60 minutes, and a killed Terraform leaves a lock. */
const MAX_SWEEP_MS = 45 * 60 * 1000;

/** A lock of this age belongs to a run that was killed: jobs of previews end after 45 minutes. */
const MAX_LOCK_AGE_MS = DAY_MS;

/** The states and locks of a preview. */
export interface Preview {
  /** The number of the pull request. */
  readonly pullRequest: number;
  /** The time of the last change of a state. */
  readonly changedAt: Date;
  /** Keys of locks that a killed run left. */
  readonly staleLocks: readonly string[];
}

/** @throws Error unless the text is a number of days */
export function readDays(text = String(MAX_AGE_DAYS)): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new Error(`--days: saw ${JSON.stringify(text)}. Pass a whole number of days from 0 to 9999.`);
}

/**
 * Destroys the previews whose states have not changed for some days, whether their pull requests are closed or not. Starts no
 * destruction after 45 minutes.
 * @returns a line for each preview
 * @throws Error after all previews were tried, with the error of each preview that could not be destroyed
 */
export async function sweepPreviews(
  days: number,
  now: Date,
  destroy: (objects: StateObjects, settings: Settings) => Promise<string[]> = destroyPreview,
  elapsedMs: () => number = stopwatch(),
): Promise<string> {
  const anyPreview = previewSettings(1);
  const objects = new StateObjects(anyPreview);
  const previews = findPreviews(await objects.list(previewsFolder(anyPreview)), anyPreview, now);
  const [lines, errors]: [string[], string[]] = [[], []];
  const isYoung = ({ changedAt }: Preview) => age(changedAt, now) < days * DAY_MS;
  for (const found of previews) {
    const environment = previewEnvironment(found.pullRequest);
    const changed = `changed ${describeAge(age(found.changedAt, now))} ago`;
    if (isYoung(found)) lines.push(`${environment}: kept, ${changed}`);
    else if (elapsedMs() > MAX_SWEEP_MS) lines.push(`${environment}: waits for the next sweep, ${changed}`);
    else
      try {
        const settings = previewSettings(found.pullRequest);
        // A push may have deployed the preview since the sweep listed the states.
        const [current] = findPreviews(
          await objects.list(`${previewsFolder(settings)}${found.pullRequest}/`),
          settings,
          now,
        );
        if (!current || isYoung(current)) {
          lines.push(`${environment}: kept, changed during the sweep`);
          continue;
        }
        for (const key of current.staleLocks) await objects.delete(key);
        const stacks = await destroy(objects, settings);
        lines.push(`${environment}: destroyed ${stacks.join(', ') || 'no stack'}, ${changed}`);
      } catch (error) {
        errors.push(`${environment}: ${(error as Error).message}`);
      }
  }
  if (errors.length > 0) throw new Error([...lines, ...errors].join('\n'));
  return lines.length === 0 ? 'There are no previews.' : lines.join('\n');
}

/** Finds the previews among the objects of the bucket. @param now the time of the sweep */
export function findPreviews(objects: readonly StateObject[], settings: Settings, now: Date): Preview[] {
  const file = stateKey(settings, '').split('/').at(-1) ?? '';
  const byEnvironment = new Map<string, { states: StateObject[]; locks: StateObject[] }>();
  for (const object of objects) {
    const [, environment = '', , name] = object.key.split('/');
    if (!isPreviewEnvironment(environment)) continue;
    const found = byEnvironment.get(environment) ?? { states: [], locks: [] };
    byEnvironment.set(environment, found);
    if (name === file) found.states.push(object);
    if (name === `${file}.tflock`) found.locks.push(object);
  }
  const previews = [...byEnvironment].map(([environment, { states, locks }]) => ({
    pullRequest: Number(environment.slice('pr-'.length)),
    // A run that was killed early leaves only a lock.
    changedAt: latest(states.length > 0 ? states : locks),
    staleLocks: locks.filter(({ changedAt }) => age(changedAt, now) >= MAX_LOCK_AGE_MS).map(({ key }) => key),
  }));
  // The oldest first: the sweep may not get to the last ones.
  return previews.sort((a, b) => Number(a.changedAt) - Number(b.changedAt) || a.pullRequest - b.pullRequest);
}

function latest(objects: readonly StateObject[]): Date {
  return new Date(Math.max(0, ...objects.map(({ changedAt }) => changedAt.getTime())));
}

/** Measures the time since its call. */
function stopwatch(): () => number {
  const start = Date.now();
  return () => Date.now() - start;
}

function age(time: Date, now: Date): number {
  return now.getTime() - time.getTime();
}

/** The start of the keys of all previews' states: `acme/pr-`. */
function previewsFolder(settings: Settings): string {
  return `${stateKey(settings, '').split('/')[0]}/pr-`;
}

function describeAge(milliseconds: number): string {
  const hours = Math.floor(milliseconds / (60 * 60 * 1000));
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
