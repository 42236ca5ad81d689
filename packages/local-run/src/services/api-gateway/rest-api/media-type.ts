/** Media types of requests and of templates. */

export const JSON_TYPE = 'application/json';

/** @param header the value of `content-type` or `accept` @returns the first media type, without parameters */
export function mediaType(header = ''): string {
  const type = header.split(/[;,]/)[0]?.trim().toLowerCase() ?? '';
  return type === '' ? JSON_TYPE : type;
}

/**
 * Selects the media type of a response.
 * @param types the media types that have a template
 * @param accept the header of the request
 * @returns the accepted type, otherwise JSON, otherwise the first type
 */
export function selectType(types: Iterable<string>, accept: string | undefined): string {
  const all = [...types];
  return [mediaType(accept), JSON_TYPE].find((type) => all.includes(type)) ?? all[0] ?? JSON_TYPE;
}
