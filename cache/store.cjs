/**
 * Results kept from run to run, in files below node_modules/.cache: each named by all that it was made from, and checked
 * when it is read. Plain JavaScript, as what loads TypeScript uses it.
 */
'use strict';
const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..');
/** Where npm's packages keep such things; `npm ci` clears it. */
const FOLDER = path.join(ROOT, 'node_modules/.cache/serverless-crud');
/** Of the files' format: others are not read. */
const VERSION = '1';
/** The most results of a kind, before those that are oldest go. */
const MOST = 500;

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

class Store {
  /** @param kind of the results: a folder of their own */
  constructor(kind, folder = process.env.SERVERLESS_CRUD_CACHE ?? FOLDER) {
    this.folder = path.join(folder, kind);
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
    return sha256(content).equals(bytes.subarray(0, SUM_BYTES)) ? content : undefined;
  }

  /** Whole or not at all: others that read or write at the same time never see a part. Nothing is lost when it fails. */
  write(key, content) {
    const bytes = Buffer.from(content);
    const unfinished = this.file(`${process.pid}-${randomUUID()}.new`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(unfinished, Buffer.concat([sha256(bytes), bytes]));
      renameSync(unfinished, this.file(key));
      this.prune();
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

  /** Halves what has become too much, the oldest first. */
  prune() {
    const names = readdirSync(this.folder);
    if (names.length <= MOST) return;
    const ages = names.map((name) => [statSync(this.file(name), { throwIfNoEntry: false })?.mtimeMs ?? 0, name]);
    ages.sort(([a], [b]) => a - b);
    for (const [, name] of ages.slice(0, MOST / 2)) rmSync(this.file(name), { force: true });
  }
}

module.exports = { keyOf, ROOT, sha256, statOf, stateOf, Store };
