/** Replaces @smithy/core's event streams by none. */
export {};
