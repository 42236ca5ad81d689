/** The stand-in for hashicorp/random. */
import type { ValueGenerator } from '../provider/value-generator';
import type { Provider, Values } from '../provider/provider';
import type { Attribute } from '../schema/schema';
import { computed, MAP_OF_STRINGS, optional, providerSchemas, required, schema, secret } from '../schema/define';
import { ADJECTIVES, ADVERBS, NAMES } from './pet-words';
import { randomText, shuffle } from './random-values';
import { text } from '../provider/text';

const KEEPERS = { keepers: optional(MAP_OF_STRINGS) };

const TEXT_ATTRIBUTES = {
  ...KEEPERS,
  ...{ length: required('number'), special: optional('bool', true), upper: optional('bool', true) },
  ...{ lower: optional('bool', true), number: optional('bool', true), numeric: optional('bool', true) },
  ...{ min_numeric: optional('number', 0), min_upper: optional('number', 0), min_lower: optional('number', 0) },
  ...{ min_special: optional('number', 0), override_special: optional('string') },
} satisfies Record<string, Attribute>;

export const random: Provider = {
  schemas: providerSchemas({
    random_id: schema({
      ...{ ...KEEPERS, byte_length: required('number'), prefix: optional('string'), b64_url: computed('string') },
      ...{ b64_std: computed('string'), hex: computed('string'), dec: computed('string') },
    }),
    random_bytes: schema({ ...KEEPERS, length: required('number'), base64: secret('string'), hex: secret('string') }),
    random_string: schema({ ...TEXT_ATTRIBUTES, result: computed('string') }),
    random_password: schema({ ...TEXT_ATTRIBUTES, result: secret('string'), bcrypt_hash: secret('string') }),
    random_pet: schema({
      ...{ ...KEEPERS, length: optional('number', 2), prefix: optional('string'), separator: optional('string', '-') },
    }),
    random_uuid: schema({ ...KEEPERS, result: computed('string') }),
    random_integer: schema({
      ...{ ...KEEPERS, min: required('number'), max: required('number'), seed: optional('string') },
      result: computed('number'),
    }),
    random_shuffle: schema({
      ...{ ...KEEPERS, seed: optional('string'), input: required(['list', 'string']) },
      ...{ result_count: optional('number'), result: computed(['list', 'string']) },
    }),
  }),
  replacesOnChange: true,
  resources: {
    random_id: randomId,
    random_bytes: ({ length }, generator) => {
      const bytes = generator.bytes('bytes', length as number);
      return { base64: bytes.toString('base64'), hex: bytes.toString('hex') };
    },
    random_string: (values, generator) => {
      const result = randomText(values, generator);
      return { id: result, result };
    },
    random_password: (values, generator) => ({
      ...{ id: 'none', result: randomText(values, generator) },
      bcrypt_hash: `$2a$10$${generator.token('bcrypt', 53)}`,
    }),
    random_pet: pet,
    random_uuid: (_values, generator) => ({ id: generator.uuid('uuid'), result: generator.uuid('uuid') }),
    random_integer: ({ min, max }, generator) => {
      const [low, high] = [Number(min), Number(max)];
      const result = low + (generator.bytes('integer', 6).readUIntBE(0, 6) % (high - low + 1));
      return { id: String(result), result };
    },
    random_shuffle: ({ input, result_count: count }, generator) => ({
      ...{ id: '-', result: shuffle(input as readonly string[], count as number | null, generator) },
    }),
  },
  dataSources: {},
};

function randomId({ byte_length: length, prefix }: Values, generator: ValueGenerator): Values {
  const bytes = generator.bytes('id', length as number);
  const start = text(prefix);
  return {
    id: bytes.toString('base64url'),
    b64_url: start + bytes.toString('base64url'),
    b64_std: start + bytes.toString('base64'),
    hex: start + bytes.toString('hex'),
    dec: start + BigInt(`0x${bytes.toString('hex') || '0'}`).toString(),
  };
}

/** Adverbs, then an adjective, then a name: `quite-calm-otter`. */
function pet({ length, prefix, separator }: Values, generator: ValueGenerator): Values {
  const count = Number(length ?? 2);
  const words = Array.from({ length: count }, (_, index) => {
    const list = index === count - 1 ? NAMES : index === count - 2 ? ADJECTIVES : ADVERBS;
    return list[(generator.bytes(`word ${index}`, 1)[0] ?? 0) % list.length];
  });
  return { id: [prefix, ...words].filter(Boolean).join(text(separator, '-')) };
}
