/** Reads the path of a request line as an HTTP API does. */

/**
 * Decodes the path twice, and cuts it at a `?` that the first decoding reveals. So `%2F` separates segments, `%3F` ends the
 * path, `%2525` is a `%`, and a lone `%25` is refused (paths recorded from AWS on 2026-07-10: hotsock/voker,
 * vokerhttp/testdata/ingress-paths.json).
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
 * Removes the stage, which is the first segment, except for the stage `$default`.
 * @returns undefined when the path does not begin with the stage
 */
export function removeStage(path: string, stage: string): string | undefined {
  if (stage === '$default') return path;
  if (path === `/${stage}`) return '/';
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : undefined;
}
