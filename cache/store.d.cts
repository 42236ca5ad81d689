import type { Stats } from 'node:fs';

/** The folder of the project. */
export const ROOT: string;

export function sha256(content: string | Uint8Array): Buffer;

/** A name for a result, from all that it depends on (as JSON has it). */
export function keyOf(...parts: readonly unknown[]): string;

/** @returns undefined when there is nothing, or nothing that can be looked at */
export function statOf(file: string): Stats | undefined;

/**
 * What tells whether a file has changed, without reading it: its inode, size and times. An edit in place changes them, and so
 * does a package that is installed anew.
 * @returns `absent` when there is none
 */
export function stateOf(file: string): string;

/**
 * When it was written or moved to where it is, in ms since the epoch. Editors save by writing another file and moving that one to
 * the path: the time of its content is from before.
 */
export function changedAt(stats: Stats): number;

/**
 * Whether it has been written or moved there since then, or may have been, as file times are coarse; or is no more.
 * @param time in ms since the epoch
 */
export function changedSince(file: string, time: number): boolean;

/** Results of one kind; processes that read and write at the same time do each other no harm. */
export class Store {
  /**
   * @param kind of the results: a folder of their own
   * @param folder that has the kinds; default: environment variable SERVERLESS_CRUD_CACHE, or below node_modules/.cache
   * @param most bytes that they may take, before those that were used the longest ago go; default: 50 MB
   */
  constructor(kind: string, folder?: string, most?: number);

  /** @returns undefined when there is no such result, or what is there is damaged */
  read(key: string): Buffer | undefined;

  /** Does nothing when it cannot write, nor with what is more than half of `most`. */
  write(key: string, content: string | Uint8Array): void;
}
