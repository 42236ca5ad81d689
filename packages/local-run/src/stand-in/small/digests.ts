/** The digests that providers compute of a file. */
import { createHash } from 'node:crypto';

/** @param prefix the start of the attribute names, such as `content_` */
export function digests(content: Buffer | string, prefix: string): Record<string, string> {
  const digest = (algorithm: string, encoding: 'hex' | 'base64') =>
    createHash(algorithm).update(content).digest(encoding);
  return {
    [`${prefix}md5`]: digest('md5', 'hex'),
    [`${prefix}sha1`]: digest('sha1', 'hex'),
    [`${prefix}sha256`]: digest('sha256', 'hex'),
    [`${prefix}base64sha256`]: digest('sha256', 'base64'),
    [`${prefix}sha512`]: digest('sha512', 'hex'),
    [`${prefix}base64sha512`]: digest('sha512', 'base64'),
  };
}
