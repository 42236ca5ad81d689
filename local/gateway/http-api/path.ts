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
