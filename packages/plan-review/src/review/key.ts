/** The review key. It hashes hidden values: another secret gives another digest, but the digest reveals no secret. */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { canonicalJson } from '../model/value';
import { PlanError } from '../plan-error';

export interface ReviewKey {
  /** Names the key in a review record. It reveals nothing about the key. */
  readonly id: string;
  /** HMAC-SHA256 over the parts, hexadecimal. */
  hash(...parts: readonly string[]): string;
}

/** Creates a key. @param secret 64 hexadecimal digits */
export function createReviewKey(secret: string): ReviewKey {
  const hash = (...parts: readonly string[]) =>
    createHmac('sha256', Buffer.from(secret, 'hex')).update(canonicalJson(parts)).digest('hex');
  return { id: hash('id').slice(0, 8), hash };
}

/**
 * Reads the key from a file. Without a file, reads the key of this machine, and creates it on first use.
 * @param file the key file @default the file that the environment variable PLAN_REVIEW_KEY_FILE names
 * @returns undefined when this machine cannot store a key
 * @throws PlanError when the file cannot be read, is not a key, or has an empty name
 */
export function readKey(file?: string): ReviewKey | undefined {
  if (file === '') throw new PlanError('--key is empty. Pass the path of a key file.');
  if (file !== undefined) return keyOfFile(file);
  const named = process.env['PLAN_REVIEW_KEY_FILE'];
  return named ? keyOfFile(named, ', which PLAN_REVIEW_KEY_FILE names,') : keyOfMachine();
}

/**
 * Reads a key file: 64 hexadecimal digits, with or without a line end.
 * @param origin says in errors where the name of the file comes from
 * @throws PlanError when the file cannot be read, or has another form
 */
export function keyOfFile(file: string, origin = ''): ReviewKey {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlanError(
      `The review key ${file}${origin} cannot be read (${(error as Error).message}). Pass another file with --key.`,
    );
  }
  if (!/^[0-9a-f]{64}\r?\n?$/.test(text)) {
    throw new PlanError(
      `The review key ${file}${origin} is not 64 hexadecimal digits (it has ${text.length} characters). ` +
        'Make a new file with: openssl rand -hex 32 > review-key',
    );
  }
  return createReviewKey(text.trim());
}

/**
 * Reads the key of this machine, and creates it on first use: `plan-review/key` in XDG_STATE_HOME or `~/.local/state`.
 * @returns undefined when the folder cannot be written
 * @throws PlanError when the key file has another form
 */
export function keyOfMachine(environment: NodeJS.ProcessEnv = process.env): ReviewKey | undefined {
  let file: string;
  try {
    file = path.join(stateFolder(environment), 'plan-review/key');
    makeKeyFile(file);
  } catch {
    return undefined;
  }
  return keyOfFile(file);
}

/** The XDG Base Directory Specification ignores a relative path. */
function stateFolder({ XDG_STATE_HOME: folder = '', HOME: home = os.homedir() }: NodeJS.ProcessEnv): string {
  if (path.isAbsolute(folder)) return folder;
  if (!path.isAbsolute(home)) throw new Error(`The home folder ${JSON.stringify(home)} is not an absolute path.`);
  return path.join(home, '.local/state');
}

/** Creates the key file unless it exists. Another process never sees an incomplete file. */
function makeKeyFile(file: string): void {
  if (existsSync(file)) return;
  makeFolder(path.dirname(file));
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Creates a folder and its parents. The option `recursive` of Node.js never ends in a folder such as /proc: it tries again. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
