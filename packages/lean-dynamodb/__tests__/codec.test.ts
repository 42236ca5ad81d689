/** Encoding and decoding give the same results as the SDK's protocol, for every operation of DynamoDB. */
import { DynamoDBJsonCodec2 } from '@aws-sdk/dynamodb-codec';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { fromBase64, toBase64, toUtf8, fromUtf8 } from '@smithy/core/serde';
import fc from 'fast-check';
import { decode } from '../src/client/decode';
import { encode } from '../src/client/encode';
import {
  BLOB,
  BOOLEAN,
  isAttributeValue,
  LIST,
  LIST_OF,
  MAP,
  MAP_OF,
  NUMBER,
  type OperationSchema,
  resolveSchema,
  type SchemaRef,
  STRING,
  type StructSchema,
  TIMESTAMP,
} from '../src/client/schema';

/** The number of generated requests for each operation, and of generated responses. */
const VALUES_PER_OPERATION = 15;

const operations = Object.values(dynamodb as Record<string, unknown>).filter(
  (value): value is OperationSchema => Array.isArray(value) && value[0] === 9,
);

const codec = new DynamoDBJsonCodec2();
codec.setSerdeContext({
  base64Encoder: toBase64,
  base64Decoder: fromBase64,
  utf8Encoder: toUtf8,
  utf8Decoder: fromUtf8,
} as never);

const text = fc.string({ unit: 'binary', maxLength: 12 });
const bytes = fc.uint8Array({ maxLength: 9 });

/** Requests and responses represent bytes and timestamps differently. */
interface Direction {
  readonly bytes: fc.Arbitrary<unknown>;
  readonly timestamp: fc.Arbitrary<unknown>;
}

const REQUEST: Direction = { bytes, timestamp: fc.date({ noInvalidDate: true }) };
const RESPONSE: Direction = {
  bytes: bytes.map((value) => Buffer.from(value).toString('base64')),
  timestamp: fc.integer({ min: 0, max: 2 ** 31 }).map((value) => value / 8),
};

function attributeValue({ bytes: blob }: Direction): fc.Arbitrary<unknown> {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.record({ S: text }),
      fc.record({ N: number }),
      fc.record({ B: blob }),
      fc.record({ BOOL: fc.boolean() }),
      fc.constant({ NULL: true }),
      fc.record({ SS: fc.array(text, { minLength: 1 }) }),
      fc.record({ NS: fc.array(number, { minLength: 1 }) }),
      fc.record({ BS: fc.array(blob, { minLength: 1 }) }),
      fc.record({ L: fc.array(tie('value')) }),
      fc.record({ M: fc.dictionary(text, tie('value'), { maxKeys: 4 }) }),
    ),
  })).value;
}

function valueOf(ref: SchemaRef, direction: Direction, depth = 0): fc.Arbitrary<unknown> {
  const { schema } = resolveSchema(ref);
  if (isAttributeValue(schema)) return attributeValue(direction);
  if (typeof schema === 'number') return scalarOf(schema, direction);
  if (schema[0] === LIST_OF) return fc.array(valueOf(schema[4], direction, depth + 1), { maxLength: 3 });
  if (schema[0] === MAP_OF) return fc.dictionary(text, valueOf(schema[5], direction, depth + 1), { maxKeys: 3 });
  return structOf(schema, direction, depth);
}

function scalarOf(schema: number, direction: Direction): fc.Arbitrary<unknown> {
  if (schema >= MAP) return fc.dictionary(text, scalarOf(schema - MAP, direction), { maxKeys: 3 });
  if (schema >= LIST) return fc.array(scalarOf(schema - LIST, direction), { maxLength: 3 });
  const known: Readonly<Record<number, fc.Arbitrary<unknown>>> = {
    [STRING]: text,
    [NUMBER]: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    [BOOLEAN]: fc.boolean(),
    [TIMESTAMP]: direction.timestamp,
    [BLOB]: direction.bytes,
  };
  const arbitrary = known[schema];
  if (!arbitrary)
    throw new Error(`The SDK has schemas of the unknown kind ${schema}. Support it in encode.ts and decode.ts.`);
  return arbitrary;
}

/** Generates structures. Optional members may be missing. Responses may contain unknown members, which decoding drops. */
function structOf([, , , , names, schemas]: StructSchema, direction: Direction, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant({});
  const known = Object.fromEntries(
    schemas.map((ref, index) => {
      const member = valueOf(ref, direction, depth + 1);
      // The client would generate a missing token, with a different value each time.
      const { idempotencyToken } = resolveSchema(ref);
      return [
        names[index] ?? '',
        idempotencyToken ? member : fc.oneof({ weight: 4, arbitrary: member }, fc.constant(null)),
      ];
    }),
  );
  const tokens = names.filter((_, index) => resolveSchema(schemas[index] ?? 0).idempotencyToken);
  return fc
    .tuple(fc.record(known, { requiredKeys: tokens }), fc.option(fc.record({ Unknown: fc.anything({ maxDepth: 1 }) })))
    .map(([struct, unknown]) => (direction === RESPONSE && unknown ? { ...struct, Unknown: 1 } : struct));
}

test('the SDK exports the schemas of more than 50 operations', () => expect(operations.length).toBeGreaterThan(50));

test.each(operations.map((operation) => [operation[2], operation] as const))(
  '%s: encodes the same bytes, and decodes the same result',
  async (_name, [, , , , input, output]) => {
    for (const value of fc.sample(valueOf(input, REQUEST), { numRuns: VALUES_PER_OPERATION, seed: 1 })) {
      const serializer = codec.createSerializer();
      serializer.write(input as never, value);
      const { buffer, byteOffset, length } = serializer.flush();
      expect(encode(input, value)).toBe(Buffer.from(buffer, byteOffset, length).toString());
    }
    for (const value of fc.sample(valueOf(output, RESPONSE), { numRuns: VALUES_PER_OPERATION, seed: 2 })) {
      const json = JSON.stringify(value);
      const expected = await codec.createDeserializer().read(output as never, Buffer.from(json) as never);
      expect(decode(output, JSON.parse(json))).toEqual(expected);
    }
  },
);
