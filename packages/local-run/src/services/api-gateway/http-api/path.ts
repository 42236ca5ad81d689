/** How an HTTP API reads the path of a request line. */

/**
 * The path as it is matched, and as the event has it; undefined where AWS refuses it with 400.
 * It is decoded twice, and cut at a `?` that the first decoding brings to light: `%2F` separates
 * segments, `%3F` ends the path, `%2525` is a `%`, and a lone `%25` is refused (paths recorded
 * from AWS on 2026-07-10: hotsock/voker, vokerhttp/testdata/ingress-paths.json).
 */
export function decodePath(raw: string): string | undefined {
  try {
    const [path = ''] = decodeURIComponent(raw).split('?');
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** The path as routes have it: a stage with a name is its first segment; undefined when it is not there. */
export function withoutStage(path: string, stage: string): string | undefined {
  if (stage === '$default') return path;
  if (path === `/${stage}`) return '/';
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : undefined;
}
