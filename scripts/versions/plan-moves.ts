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
  /** Functions that cannot go back, or that need not. No CodeDeploy deployment may move them either. */
  readonly staying: readonly StayingFunction[];
  /** Functions that the rollback does not touch. Their CodeDeploy deployments go on. */
  readonly leftAlone: readonly StayingFunction[];
}

export interface MoveOptions {
  /** The version, for one function. @default the version before the newest one */
  readonly to?: string | undefined;
  /** Whether the user named the functions. @default false: only those that the last deployment changed move, without authorizers */
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
 * Decides to which version each function goes. Without names, only functions that the last deployment changed go back, and authorizers
 * are left alone: an older authorizer would make older decisions about who may call. A function whose alias is older than its newest
 * version has gone back already, so it stays too: a second rollback, or one after an alarm moved the alias, would go too far. A function
 * whose requests go to two versions goes to the older one.
 * @returns no moves when all functions stay
 * @throws Error when a function has no older version, when nothing shows which older version is good, or when the function has no such
 * version. No alias is moved then.
 */
export function planMoves(functions: readonly FunctionVersions[], { to, named = false }: MoveOptions): MovePlan {
  if (to !== undefined) return planMoveTo(functions, to);
  // Authorizers count too: a deployment that changed only an authorizer is the last one, and no API goes back.
  const last = named ? functions : lastDeployed(functions);
  const mayGoBack = (target: FunctionVersions) => named || target.isAuthorizer !== true;
  const changed = last.filter(mayGoBack);
  const behind = changed.filter(isBehind);
  const onlyVersion = changed.filter((target) => !isBehind(target) && previousVersion(target) === undefined);
  const [first] = onlyVersion;
  if (first && (named || onlyVersion.length === changed.length)) {
    throw new Error(
      `${first.functionName} has no version before ${newestServing(first)}, which is live, so nothing was moved.\n${versionsText(first)}`,
    );
  }
  const moving = changed.filter((target) => !behind.includes(target) && !onlyVersion.includes(target));
  for (const target of moving) refuseReverted(target);
  const authorizers = last.filter((target) => !mayGoBack(target));
  const older = functions.filter((target) => !last.includes(target));
  return {
    moves: moving.map((target) => ({ target, to: previousVersion(target) ?? '' })),
    staying: [
      ...behind.map((target) => ({
        target,
        reason: `it is not at its newest version ${newestVersion(target)}, so it has gone back already`,
      })),
      ...onlyVersion.map((target) => ({ target, reason: 'it has no older version' })),
    ],
    leftAlone: [
      ...authorizers.map((target) => leftAlone(target, 'it is an authorizer. Move it with --function')),
      ...older.map((target) => leftAlone(target, 'the last deployment did not change it')),
    ],
  };
}

function leftAlone(target: FunctionVersions, reason: string): StayingFunction {
  const newest = newestVersion(target);
  const mayMove = target.application !== undefined && target.live.version !== newest;
  return {
    target,
    reason: mayMove ? `${reason}. CodeDeploy may still move it to version ${newest}: --function stops that` : reason,
  };
}

/** Says that no function moves, and how to go back further. */
export function nothingMovedText(stack: string, staying: readonly StayingFunction[]): string {
  return [
    ...staying.map(stayingText),
    'Nothing was moved. To go back further, look at the versions, and name one:',
    `  npm run rollback -- ${stack} --list`,
    `  npm run rollback -- ${stack} --function ${staying[0]?.target.functionName ?? 'NAME'} --to VERSION`,
  ].join('\n');
}

/**
 * Refuses to go back to a version whose code was replaced by older code. Such a version was probably faulty, and reverted.
 * @throws Error that lists the versions
 */
function refuseReverted(target: FunctionVersions): void {
  const { functionName, versions } = target;
  const [newest, previous] = [newestServing(target), previousVersion(target)];
  const hashOf = (wanted: string | undefined) => versions.find(({ version }) => version === wanted)?.codeHash;
  const same = versions.find(
    ({ version, codeHash }) => Number(version) < Number(previous) && codeHash === hashOf(newest),
  );
  if (!same || hashOf(previous) === hashOf(newest)) return;
  throw new Error(
    `Version ${newest} of ${functionName} has the code of version ${same.version} again, so version ${previous} was probably reverted ` +
      `because of a fault. Nothing was moved. Name the version with --function ${functionName} --to VERSION.\n${versionsText(target)}`,
  );
}

function planMoveTo(functions: readonly FunctionVersions[], to: string): MovePlan {
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
  const isLive = to === live.version && live.weighted.length === 0;
  return {
    moves: isLive ? [] : [{ target, to }],
    staying: isLive ? [{ target, reason: 'all requests go to this version already' }] : [],
    leftAlone: [],
  };
}

/** Returns the functions whose newest version the last deployment published. */
function lastDeployed(functions: readonly FunctionVersions[]): readonly FunctionVersions[] {
  if (functions.length < 2) return functions;
  const times = new Map(functions.map((target) => [target, publishedMs(target)]));
  const last = Math.max(...times.values());
  return functions.filter((target) => last - (times.get(target) ?? 0) <= DEPLOYMENT_MS);
}

/** Returns when the newest version was published. @throws Error when Lambda does not say it */
function publishedMs(target: FunctionVersions): number {
  const newest = newestVersion(target);
  const { published = '' } = target.versions.find(({ version }) => version === newest) ?? {};
  // Lambda writes the offset without a colon.
  const time = Date.parse(published.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (!Number.isNaN(time)) return time;
  throw new Error(
    `Lambda did not say when version ${newest} of ${target.functionName} was published ("${published}"), so nothing was moved. Name ` +
      'the functions to move with --function.',
  );
}

function newestVersion(target: FunctionVersions): string {
  return target.versions[0]?.version ?? newestServing(target);
}

/** Returns whether all requests go to one version that is not the newest one. */
function isBehind(target: FunctionVersions): boolean {
  return target.live.weighted.length === 0 && Number(target.live.version) < Number(newestVersion(target));
}

/** Returns the newest version that gets requests. During a canary, it gets a part of them. */
function newestServing(target: FunctionVersions): string {
  return String(Math.max(...serving(target)));
}

/**
 * Returns the version to which a function goes back. During a canary, it is the older version that gets requests: the version before the
 * newest one may be a faulty one, which an alarm stopped.
 * @returns undefined when the function has no older version
 */
function previousVersion(target: FunctionVersions): string | undefined {
  const { live, versions } = target;
  if (live.weighted.length > 0) return String(Math.min(...serving(target)));
  return versions.find(({ version }) => Number(version) < Number(live.version))?.version;
}

function serving({ live }: FunctionVersions): number[] {
  return [live.version, ...live.weighted].map(Number);
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
  const part = live.weighted.length > 0 ? `, and version ${live.weighted.join(', ')} gets a part of the requests` : '';
  return `${functionName}: stays at version ${live.version}, published ${published.slice(0, 19)}${part}: ${reason}.`;
}
