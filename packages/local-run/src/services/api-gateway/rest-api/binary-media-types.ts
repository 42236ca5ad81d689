/** Media types whose bodies are binary (API Gateway developer guide, "Binary media types for REST APIs"). */
import { wildcard } from '../../iam/pattern';
import { mediaType } from './media-type';

/**
 * Whether a body is binary.
 * @param types the binary media types of the API, such as `image/png`, or a wildcard for all types
 * @param header the value of `content-type` or `accept`. API Gateway reads only its first media type
 */
export function isBinary(types: readonly string[] = [], header: string | undefined): boolean {
  if (types.length === 0) return false;
  const type = mediaType(header);
  return types.some((pattern) => wildcard(pattern, true)(type));
}
