/** Decides which functions of a stack go back to an older version, and to which one. */
import type { LiveFunction } from './live-functions';
import type { AliasTarget, Version, Versions } from './versions';

/** A function, its versions (newest first), and the versions that its API invokes. */
export interface FunctionVersions extends LiveFunction {
  readonly versions: readonly Version[];
  readonly live: AliasTarget;
}

/** A planned move of the alias. */
export interface Move {
  readonly target: FunctionVersions;
  readonly to: string;
}

/** A function that stays at its version. */
export interface StayingFunction {
  readonly target: FunctionVersions;
  readonly reason: string;
}

export interface MovePlan {
  readonly moves: readonly Move[];
  readonly staying: readonly StayingFunction[];
}

export interface MoveOptions {
  /** The version, for one function. @default the version before the live one */
  readonly to?: string | undefined;
  /** Whether the user named the functions: each of them must move then. @default false: only those of the last deployment move */
  readonly named?: boolean;
}

/** Versions of one deployment are published within this time: `terraform apply` of a stack takes a few minutes. */
const DEPLOYMENT_MS = 15 * 60_000;

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
 * Decides to which version each function goes. Without names, only functions that the last deployment changed go back: an authorizer
 * that is older would otherwise get an older decision about who may call.
 * @throws Error when no function can go back, or when the function has no such version. No alias is moved then.
 */
export function planMoves(functions: readonly FunctionVersions[], { to, named = false }: MoveOptions): MovePlan {
  if (to !== undefined) return { moves: [moveTo(functions, to)], staying: [] };
  const changed = named ? functions : lastDeployed(functions);
  const newest = changed.find((target) => previousVersion(target) === undefined);
  if (newest && (named || changed.every((target) => previousVersion(target) === undefined))) {
    throw new Error(
      `${newest.functionName} has no version before ${newestServing(newest)}, which is live, so nothing was moved.\n${versionsText(newest)}`,
    );
  }
  const older = functions.filter((target) => !changed.includes(target));
  return {
    moves: changed.flatMap((target): Move[] => {
      const version = previousVersion(target);
      return version === undefined ? [] : [{ target, to: version }];
    }),
    staying: [
      ...changed
        .filter((target) => previousVersion(target) === undefined)
        .map((target) => ({ target, reason: 'it has no older version' })),
      ...older.map((target) => ({ target, reason: 'the last deployment did not change it' })),
    ],
  };
}

function moveTo(functions: readonly FunctionVersions[], to: string): Move {
  const [target, ...others] = functions;
  if (!target || others.length > 0) {
    const names = functions.map(({ functionName }) => functionName).join(', ');
    throw new Error(`--to is the version of one function, but the stack has ${names}. Name one with --function.`);
  }
  const { functionName, versions, live } = target;
  if (!versions.some(({ version }) => version === to)) {
    throw new Error(
      `${functionName} has no version ${to}, so nothing was moved. Name one of its versions.\n${versionsText(target)}`,
    );
  }
  if (to === live.version && live.weighted.length === 0)
    throw new Error(`Version ${to} of ${functionName} is live already, so nothing was moved.`);
  return { target, to };
}

/** The functions whose live version was published by the deployment that published the newest live version. */
function lastDeployed(functions: readonly FunctionVersions[]): readonly FunctionVersions[] {
  if (functions.length < 2) return functions;
  const times = new Map(functions.map((target) => [target, publishedMs(target)]));
  const last = Math.max(...times.values());
  return functions.filter((target) => last - (times.get(target) ?? 0) <= DEPLOYMENT_MS);
}

/** When the newest version that gets requests was published. @throws Error when Lambda does not say it */
function publishedMs(target: FunctionVersions): number {
  const newest = newestServing(target);
  const { published = '' } = target.versions.find(({ version }) => version === newest) ?? {};
  // Lambda writes the offset without a colon.
  const time = Date.parse(published.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (!Number.isNaN(time)) return time;
  throw new Error(
    `Lambda did not say when version ${newest} of ${target.functionName} was published ("${published}"), so nothing was moved. Name ` +
      'the functions to move with --function.',
  );
}

/** The newest version that gets requests. During a canary, it has a part of them. */
function newestServing({ live }: FunctionVersions): string {
  return String(Math.max(...[live.version, ...live.weighted].map(Number)));
}

/** @returns undefined when the function has no older version */
function previousVersion(target: FunctionVersions): string | undefined {
  const newest = Number(newestServing(target));
  return target.versions.find(({ version }) => Number(version) < newest)?.version;
}

/** Makes a line for each version of a function. */
export function versionsText({ functionName, versions, live }: FunctionVersions): string {
  const lines = versions.map(({ version, published, codeHash }) => {
    const mark = version === live.version ? 'live' : live.weighted.includes(version) ? 'part' : '';
    return `  ${version.padStart(5)}  ${mark.padEnd(4)}  ${published.slice(0, 19)}  ${codeHash.slice(0, 12)}`;
  });
  return [functionName, '  version      published (UTC)      code', ...lines].join('\n');
}

/** Says why a function stays at its version. */
export function stayingText({ target, reason }: StayingFunction): string {
  const { functionName, live, versions } = target;
  const { published = '' } = versions.find(({ version }) => version === live.version) ?? {};
  return `${functionName}: stays at version ${live.version}, published ${published.slice(0, 19)}: ${reason}.`;
}
