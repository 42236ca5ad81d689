/**
 * Results kept from run to run, in files below node_modules/.cache: each named by all that it was made from, and checked
 * when it is read. Plain JavaScript, as what loads TypeScript uses it.
 */
'use strict';
const { createHash, randomUUID } = require('node:crypto');
const {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
/** Where npm's packages keep such things; `npm ci` clears it. */
const FOLDER = path.join(ROOT, 'node_modules/.cache/serverless-crud');
/** Of the files' format: others are not read. */
const VERSION = '1';
/** The most that the results of a kind may take, in bytes, before those that were used the longest ago go. */
const MOST = 50e6;
/** Writes between two looks at that: there may be thousands of small files. */
const WRITES = 100;
/** How exactly it is known when a result was used, in ms: a note at each reading would cost more. */
const USED = 3600e3;

const SUM_BYTES = 32;

function sha256(content) {
  return createHash('sha256').update(content).digest();
}

/** A name for a result, from all that it depends on. */
function keyOf(...parts) {
  return sha256(JSON.stringify([VERSION, ...parts])).toString('hex');
}

function statOf(file) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    // A file where a folder would be (ENOTDIR), or a folder that may not be looked into.
    return undefined;
  }
}

/** What tells whether a file has changed, without reading it. */
function stateOf(file) {
  const stat = statOf(file);
  return stat ? [stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(' ') : 'absent';
}

function changedAt({ mtimeMs, ctimeMs }) {
  return Math.max(mtimeMs, ctimeMs);
}

/** File times may be so coarse, in ms (ext3, HFS+: a second; FAT: two). */
const COARSE_MS = 2000;

function changedSince(file, time) {
  const stat = statOf(file);
  return stat === undefined || changedAt(stat) > time - COARSE_MS;
}

class Store {
  /** @param kind of the results: a folder of their own */
  constructor(kind, folder = process.env.SERVERLESS_CRUD_CACHE ?? FOLDER, most = MOST) {
    this.folder = path.join(folder, kind);
    this.most = most;
    this.writes = 0;
  }

  /** What was written last by this key; undefined when there is nothing, or it is damaged. */
  read(key) {
    let bytes;
    try {
      bytes = readFileSync(this.file(key));
    } catch {
      return undefined;
    }
    const content = bytes.subarray(SUM_BYTES);
    if (!sha256(content).equals(bytes.subarray(0, SUM_BYTES))) return undefined;
    this.noteUse(key);
    return content;
  }

  /** Whole or not at all: others that read or write at the same time never see a part. Nothing is lost when it fails. */
  write(key, content) {
    const bytes = Buffer.from(content);
    // It would be the first to go, and take all others along.
    if (bytes.length > this.most / 2) return;
    const unfinished = this.file(`${process.pid}-${randomUUID()}.new`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(unfinished, Buffer.concat([sha256(bytes), bytes]));
      renameSync(unfinished, this.file(key));
      if (this.writes % WRITES === 0) this.prune();
      this.writes += 1;
    } catch {
      try {
        rmSync(unfinished, { force: true });
      } catch {
        // A folder that is none has nothing in it.
      }
    }
  }

  file(name) {
    return path.join(this.folder, name);
  }

  /** By the file's time. */
  noteUse(key) {
    const now = new Date();
    try {
      if (statSync(this.file(key)).mtimeMs < now - USED) utimesSync(this.file(key), now, now);
    } catch {
      // Gone meanwhile, or of a folder that is only to be read.
    }
  }

  /** Halves what has become too much. */
  prune() {
    const files = readdirSync(this.folder)
      .map((name) => ({ file: this.file(name), stat: statOf(this.file(name)) }))
      .filter(({ stat }) => stat)
      .sort((a, b) => a.stat.mtimeMs - b.stat.mtimeMs);
    let bytes = files.reduce((sum, { stat }) => sum + stat.size, 0);
    if (bytes <= this.most) return;
    for (const { file, stat } of files) {
      if (bytes <= this.most / 2) break;
      rmSync(file, { force: true });
      bytes -= stat.size;
    }
  }
}

module.exports = { changedAt, changedSince, keyOf, ROOT, sha256, statOf, stateOf, Store };
