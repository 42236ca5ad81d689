/** Absolute paths. */
export const inputs: Set<string>;
