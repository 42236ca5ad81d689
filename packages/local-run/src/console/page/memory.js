/** Remembers values in this browser, for example the headers that were added to a route. */

const PREFIX = 'local-run:';

/** @returns the value that was remembered, or the fallback */
export function recall(name, fallback) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Remembers a value. Without effect when the browser stores no data of this page, or no more data. */
export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // The page works without memory.
  }
}
