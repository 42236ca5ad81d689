/** Reads the path of a request line as an HTTP API does. */

/**
 * Decodes the path twice, and cuts it at a `?` after the first decoding. So `%2F` separates segments, `%3F` ends the path, and
 * `%2525` is a `%`. AWS refuses a `%25` that does not begin an escape sequence such as `%252F`. (Paths recorded from AWS on
 * 2026-07-10: hotsock/voker, vokerhttp/testdata/ingress-paths.json.)
 * @returns the path for route matching and for the event; undefined when AWS refuses it with 400
 */
export function decodePath(rawPath: string): string | undefined {
  try {
    const [path = ''] = decodeURIComponent(rawPath).split('?');
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/**
 * Removes the stage, which is the first segment. The stage `$default` is not part of the path.
 * @returns undefined when the path does not begin with the stage
 */
export function removeStage(path: string, stage: string): string | undefined {
  if (stage === '$default') return path;
  if (path === `/${stage}`) return '/';
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : undefined;
}
