/** Finds the name that an author probably meant. */

/** Characters of a name that are compared. The rest of a longer name is ignored. */
const MAX_CHARACTERS = 60;

/** @example didYouMean('maxLenght', ['minLength', 'maxLength']) // '. Did you mean maxLength?' */
export function didYouMean(name: string, known: readonly string[]): string {
  const typed = name.slice(0, MAX_CHARACTERS).toLowerCase();
  const [nearest] = known
    .map((other) => ({ other, distance: editDistance(typed, other.toLowerCase()) }))
    .filter(({ other, distance }) => distance <= Math.max(1, Math.floor(other.length / 3)) && distance < other.length)
    .sort((a, b) => a.distance - b.distance);
  return nearest ? `. Did you mean ${nearest.other}?` : '';
}

/** The number of characters to insert, remove, replace or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
          isSwap ? at(i - 2, j - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
