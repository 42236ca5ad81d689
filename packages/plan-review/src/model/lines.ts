/** Compares two sequences of lines in their order, with the algorithm of Myers ("An O(ND) Difference Algorithm", 1986). */

/** One step from the old lines to the new lines. */
export interface Edit {
  readonly sign: '-' | '+' | ' ';
  /** The position in the old lines for `-`, in the new lines for `+` and ` `. */
  readonly index: number;
}

/** Maximum number of differences. With more, all lines count as removed and added: time and memory grow with the square. */
const MAX_DIFFERENCES = 2_000;

/** Finds a shortest list of edits. In each place of change, the removed lines precede the added lines. */
export function compareLines(before: readonly string[], after: readonly string[]): Edit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let [oldEnd, newEnd] = [before.length, after.length];
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd -= 1;
    newEnd -= 1;
  }
  const edits = shortestEdits(before.slice(start, oldEnd), after.slice(start, newEnd));
  return [
    ...range(0, start, ' '),
    ...edits.map(({ sign, index }) => ({ sign, index: index + start })),
    ...range(newEnd, after.length, ' '),
  ];
}

function shortestEdits(before: readonly string[], after: readonly string[]): Edit[] {
  const rounds = findRounds(before, after);
  if (rounds === undefined) return [...range(0, before.length, '-'), ...range(0, after.length, '+')];
  const edits: Edit[] = [];
  let [x, y] = [before.length, after.length];
  for (let round = rounds.length - 1; round >= 0; round -= 1) {
    const isAddition = reachedByAddition(rounds, round, x - y);
    const previousX = round === 0 ? 0 : furthest(rounds, round - 1, x - y + (isAddition ? 1 : -1));
    const previousY = round === 0 ? 0 : previousX - (x - y + (isAddition ? 1 : -1));
    for (; x > previousX && y > previousY; x -= 1, y -= 1) edits.push({ sign: ' ', index: y - 1 });
    if (round > 0) edits.push(isAddition ? { sign: '+', index: previousY } : { sign: '-', index: previousX });
    [x, y] = [previousX, previousY];
  }
  return removedFirst(edits.reverse());
}

/**
 * Finds the furthest old positions that 0, 1, 2 ... differences reach, one for each diagonal from -round to round.
 * @returns undefined when there are more than MAX_DIFFERENCES
 */
function findRounds(before: readonly string[], after: readonly string[]): Int32Array[] | undefined {
  const rounds: Int32Array[] = [];
  for (let round = 0; round <= MAX_DIFFERENCES; round += 1) {
    const reached = new Int32Array(round + 1);
    rounds.push(reached);
    for (let diagonal = -round; diagonal <= round; diagonal += 2) {
      let x = 0;
      if (round > 0) {
        const isAddition = reachedByAddition(rounds, round, diagonal);
        x = isAddition ? furthest(rounds, round - 1, diagonal + 1) : furthest(rounds, round - 1, diagonal - 1) + 1;
      }
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      reached[(diagonal + round) / 2] = x;
      if (x >= before.length && x - diagonal >= after.length) return rounds;
    }
  }
  return undefined;
}

/** Whether the last difference on the furthest path to this diagonal is an added line. */
function reachedByAddition(rounds: readonly Int32Array[], round: number, diagonal: number): boolean {
  if (diagonal === -round) return true;
  if (diagonal === round) return false;
  return furthest(rounds, round - 1, diagonal - 1) < furthest(rounds, round - 1, diagonal + 1);
}

function furthest(rounds: readonly Int32Array[], round: number, diagonal: number): number {
  return rounds[round]?.[(diagonal + round) / 2] ?? 0;
}

function removedFirst(edits: readonly Edit[]): Edit[] {
  const sorted: Edit[] = [];
  let added: Edit[] = [];
  for (const edit of edits) {
    if (edit.sign === '+') added.push(edit);
    else if (edit.sign === '-') sorted.push(edit);
    else {
      sorted.push(...added, edit);
      added = [];
    }
  }
  return [...sorted, ...added];
}

function range(start: number, end: number, sign: Edit['sign']): Edit[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, offset) => ({ sign, index: start + offset }));
}
