/** Chooses the settings that become variables: references to them must explain all values that depend on them. */
import type { Block } from './hcl';
import { LOCALS, PlacesOfSettings } from './places';
import type { Stack } from './stacks';
import type { Candidate } from './variables';

export interface Found {
  /** The settings that become variables. */
  readonly candidates: readonly Candidate[];
  /** The sections of a stack, with references to variables. */
  readonly sectionsOf: (stack: string) => Block;
}

interface Attempt extends Found {
  /** Paths of values that change in a way that variables cannot express, or the error of the app. */
  readonly unexplained: readonly string[];
}

/** Synthesizes the stacks with the candidates' probe values. @param index a number for the output folder */
type SynthesizeProbes = (candidates: readonly Candidate[], index: number) => Promise<readonly Stack[]>;

/**
 * Replaces the values of settings by variables. Tries all settings together. If a value depends on a setting in a way that a variable
 * cannot express, tries halves of the settings, then halves of these halves. Leaves out each setting that fails alone.
 * @throws Error when the app gives other values with the same settings, or when a value depends on several settings together
 */
export async function findPlaces(
  stacks: readonly Stack[],
  candidates: readonly Candidate[],
  synthesize: SynthesizeProbes,
): Promise<Found> {
  let runs = 0;
  const attempt = async (tried: readonly Candidate[]): Promise<Attempt> => {
    runs += 1;
    const probed = await synthesize(tried, runs).catch((error: unknown) => error);
    if (!(probed instanceof Error)) return compare(stacks, tried, probed as readonly Stack[]);
    // The app refuses a probe value, for example because it does not fit another setting.
    return { candidates: tried, sectionsOf: () => ({}), unexplained: [probed.message] };
  };
  const allowed = candidates.filter((candidate) => !stacks.some((stack) => declaresName(stack, candidate)));
  const together = await attempt(allowed);
  if (together.unexplained.length === 0) return together;
  console.log(
    `Some settings cannot become variables, because of ${together.unexplained[0]}. Trying groups of settings ...`,
  );
  const keepInHalves = async (part: readonly Candidate[]): Promise<readonly Candidate[]> => {
    if (part.length < 2) return [];
    const middle = Math.ceil(part.length / 2);
    const kept: Candidate[] = [];
    for (const half of [part.slice(0, middle), part.slice(middle)])
      kept.push(...((await attempt(half)).unexplained.length === 0 ? half : await keepInHalves(half)));
    return kept;
  };
  const kept = await keepInHalves(allowed);
  const found = await attempt(kept);
  if (found.unexplained.length === 0) return found;
  const values = found.unexplained.join(', ');
  throw new Error(
    kept.length === 0
      ? `The app does not repeat these values with the same settings: ${values}. Remove times and random values from the stacks.`
      : `These values depend on several settings together: ${values}. In the stack, make each value from one setting.`,
  );
}

function compare(stacks: readonly Stack[], candidates: readonly Candidate[], probed: readonly Stack[]): Attempt {
  const places = new PlacesOfSettings(candidates);
  const byName = new Map(
    stacks.map(({ name, sections }) => {
      const other = probed.find((stack) => stack.name === name)?.sections ?? {};
      return [name, places.replace(sections, other)];
    }),
  );
  return { candidates, unexplained: places.unexplained, sectionsOf: (stack) => byName.get(stack) ?? {} };
}

/** Whether a stack has a variable or a local of its own with the name that eject would use. */
function declaresName({ sections }: Stack, { name, setting }: Candidate): boolean {
  const has = (section: string, key = '') => Object.hasOwn((sections[section] ?? {}) as Block, key);
  return has('variable', name) || has('locals', LOCALS[setting]);
}
