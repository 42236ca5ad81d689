/** Decodes msgpack with any map keys. The library refuses the key `__proto__`, which maps and objects of Terraform may have. */
import { decode, type ExtensionCodec } from '@msgpack/msgpack';
import { isPlain } from './typed-values';

const REFUSED_KEY = '__proto__';

/** Replaces the refused key while the library decodes. No text in UTF-8 contains half of a surrogate pair. */
const PLACEHOLDER = '\ud800__proto__';

const KEY_DECODER = {
  canBeCached: (bytes: number) => bytes === REFUSED_KEY.length,
  decode: (bytes: Uint8Array, start: number, length: number) => {
    const key = Buffer.from(bytes.subarray(start, start + length)).toString();
    return key === REFUSED_KEY ? PLACEHOLDER : key;
  },
};

export function decodeMsgpack(bytes: Uint8Array, extensionCodec: ExtensionCodec): unknown {
  if (!Buffer.from(bytes).includes(REFUSED_KEY)) return decode(bytes, { extensionCodec });
  return withRefusedKeys(decode(bytes, { extensionCodec, keyDecoder: KEY_DECODER }));
}

function withRefusedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withRefusedKeys);
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => [
    key === PLACEHOLDER ? REFUSED_KEY : key,
    withRefusedKeys(part),
  ]);
  return Object.fromEntries(entries) as object;
}
