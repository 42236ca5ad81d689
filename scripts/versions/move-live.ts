/** Moves the alias of functions to an older version, or refuses to. */
import type { LiveFunction } from './live-functions';
import type { Live, Version, Versions } from './versions';

/** A function, its versions (newest first), and the version that its API invokes. */
export interface FunctionVersions extends LiveFunction {
  readonly versions: readonly Version[];
  readonly live: Live;
}

/** A planned move of the alias. */
export interface Move extends FunctionVersions {
  readonly to: string;
}

/** Reads the versions of functions. */
export async function readVersions(
  functions: readonly LiveFunction[],
  versions: Pick<Versions, 'list' | 'live'>,
): Promise<FunctionVersions[]> {
  const read = async (target: LiveFunction) => ({
    ...target,
    versions: await versions.list(target.functionName),
    live: await versions.live(target.functionName),
  });
  return Promise.all(functions.map(read));
}

/**
 * Decides to which version each function goes.
 * @param version the version, for one function; undefined for the version before the live one
 * @throws Error when a function has no such version. No alias is moved then.
 */
export function planMoves(functions: readonly FunctionVersions[], version: string | undefined): Move[] {
  if (version !== undefined && functions.length > 1) {
    const names = functions.map(({ functionName }) => functionName).join(', ');
    throw new Error(`--to is the version of one function, but the stack has ${names}. Name one with --function.`);
  }
  return functions.map((target) => ({
    ...target,
    to: version === undefined ? previousVersion(target) : checkedVersion(target, version),
  }));
}

/** @throws Error when the live version is the oldest one */
function previousVersion(target: FunctionVersions): string {
  const older = target.versions.find(({ version }) => Number(version) < Number(target.live.version));
  if (older) return older.version;
  throw new Error(
    `${target.functionName} has no version before ${target.live.version}, which is live, so nothing was moved.\n${versionsText(target)}`,
  );
}

/** @returns the version @throws Error when the function does not have it, or when it is live already */
function checkedVersion(target: FunctionVersions, version: string): string {
  if (!target.versions.some((other) => other.version === version)) {
    throw new Error(
      `${target.functionName} has no version ${version}, so nothing was moved. Name one of its versions.\n${versionsText(target)}`,
    );
  }
  if (version !== target.live.version || target.live.others.length > 0) return version;
  throw new Error(`Version ${version} of ${target.functionName} is live already, so nothing was moved.`);
}

/** Makes a line for each version of a function. */
export function versionsText({ functionName, versions, live }: FunctionVersions): string {
  const lines = versions.map(({ version, published, codeHash }) => {
    const mark = version === live.version ? 'live' : live.others.includes(version) ? 'part' : '';
    return `  ${version.padStart(5)}  ${mark.padEnd(4)}  ${published.slice(0, 19)}  ${codeHash.slice(0, 12)}`;
  });
  return [functionName, '  version      published (UTC)      code', ...lines].join('\n');
}

/** Says what the next plan shows after the moves. */
export function nextPlanText(moves: readonly Move[], stack: string): string {
  const addresses = moves.map(({ address }) => address).join(', ');
  return (
    `The next plan shows a change of ${addresses}: npm run deploy would move the alias to the newest version again, and the drift ` +
    `check reports it. Revert the faulty change before the next deployment of ${stack}.`
  );
}
