/** Chooses the settings that become variables: those whose every place in the stacks eject can explain. */
import type { Block } from './hcl';
import { PlacesOfSettings } from './places';
import type { Stack } from './stacks';
import type { Candidate } from './variables';

export interface Found {
  /** The settings that become variables. */
  readonly candidates: readonly Candidate[];
  /** The sections of a stack, with references to variables. */
  readonly sectionsOf: (stack: string) => Block;
}

/** Synthesizes the stacks with the probe values. @param index a number for the output folder */
type SynthesizeProbes = (candidates: readonly Candidate[], index: number) => Promise<readonly Stack[]>;

/**
 * Finds the places of settings. Tries all settings together. If a value depends on a setting in a way that a variable cannot
 * express, tries each setting alone, and leaves out such settings.
 */
export async function findPlaces(
  stacks: readonly Stack[],
  candidates: readonly Candidate[],
  synthesize: SynthesizeProbes,
): Promise<Found> {
  let runs = 0;
  const attempt = async (tried: readonly Candidate[]) => compare(stacks, tried, await synthesize(tried, (runs += 1)));
  const allowed = candidates.filter(({ name }) => !stacks.some((stack) => declaresVariable(stack, name)));
  const together = await attempt(allowed);
  if (together.unexplained.length === 0) return together;
  console.log(`${together.unexplained[0]} depends on settings indirectly. Trying each setting alone ...`);
  const kept: Candidate[] = [];
  for (const candidate of allowed) if ((await attempt([candidate])).unexplained.length === 0) kept.push(candidate);
  const found = await attempt(kept);
  if (found.unexplained.length === 0) return found;
  throw new Error(
    `Eject cannot find the settings in ${found.unexplained.join(', ')}: the values depend on several settings together. Set these ` +
      'values in the stack without the settings.',
  );
}

function compare(
  stacks: readonly Stack[],
  candidates: readonly Candidate[],
  probed: readonly Stack[],
): Found & { readonly unexplained: readonly string[] } {
  const places = new PlacesOfSettings(candidates);
  const byName = new Map(
    stacks.map(({ name, sections }) => {
      const other = probed.find((stack) => stack.name === name)?.sections ?? {};
      return [name, places.replace(sections, other)];
    }),
  );
  return { candidates, unexplained: places.unexplained, sectionsOf: (stack) => byName.get(stack) ?? {} };
}

function declaresVariable({ sections }: Stack, name: string): boolean {
  return Object.hasOwn((sections['variable'] ?? {}) as Block, name);
}
