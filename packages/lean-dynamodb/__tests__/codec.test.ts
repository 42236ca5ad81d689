/** Encoding and decoding give what the SDK's own protocol gives, for every operation that DynamoDB has. */
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
  resolved,
  type SchemaRef,
  STRING,
  type StructSchema,
  TIMESTAMP,
} from '../src/client/schema';

/** So many values for every operation, each way. */
const RUNS = 15;

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

/** How a value stands in JSON is what tells requests from responses. */
interface Direction {
  readonly bytes: fc.Arbitrary<unknown>;
  readonly time: fc.Arbitrary<unknown>;
}

const REQUEST: Direction = { bytes, time: fc.date({ noInvalidDate: true }) };
const RESPONSE: Direction = {
  bytes: bytes.map((value) => Buffer.from(value).toString('base64')),
  time: fc.integer({ min: 0, max: 2 ** 31 }).map((value) => value / 8),
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
  const { schema } = resolved(ref);
  if (isAttributeValue(schema)) return attributeValue(direction);
  if (typeof schema === 'number') return simpleOf(schema, direction);
  if (schema[0] === LIST_OF) return fc.array(valueOf(schema[4], direction, depth + 1), { maxLength: 3 });
  if (schema[0] === MAP_OF) return fc.dictionary(text, valueOf(schema[5], direction, depth + 1), { maxKeys: 3 });
  return structOf(schema, direction, depth);
}

function simpleOf(schema: number, direction: Direction): fc.Arbitrary<unknown> {
  if (schema >= MAP) return fc.dictionary(text, simpleOf(schema - MAP, direction), { maxKeys: 3 });
  if (schema >= LIST) return fc.array(simpleOf(schema - LIST, direction), { maxLength: 3 });
  const known: Readonly<Record<number, fc.Arbitrary<unknown>>> = {
    [STRING]: text,
    [NUMBER]: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    [BOOLEAN]: fc.boolean(),
    [TIMESTAMP]: direction.time,
    [BLOB]: direction.bytes,
  };
  const arbitrary = known[schema];
  if (!arbitrary) throw new Error(`The SDK's schemas have a kind that encode.ts and decode.ts do not know: ${schema}`);
  return arbitrary;
}

/** Members come and go; unknown ones are there too, which are to be left out. */
function structOf([, , , , names, schemas]: StructSchema, direction: Direction, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant({});
  const known = Object.fromEntries(
    schemas.map((ref, index) => {
      const present = valueOf(ref, direction, depth + 1);
      // A token that is left out is made up, another one each time.
      const { idempotencyToken } = resolved(ref);
      return [
        names[index] ?? '',
        idempotencyToken ? present : fc.oneof({ weight: 4, arbitrary: present }, fc.constant(null)),
      ];
    }),
  );
  const always = names.filter((_, index) => resolved(schemas[index] ?? 0).idempotencyToken);
  return fc
    .tuple(fc.record(known, { requiredKeys: always }), fc.option(fc.record({ Unknown: fc.anything({ maxDepth: 1 }) })))
    .map(([struct, unknown]) => (direction === RESPONSE && unknown ? { ...struct, Unknown: 1 } : struct));
}

test('the schemas of all operations are there', () => expect(operations.length).toBeGreaterThan(50));

test.each(operations.map((operation) => [operation[2], operation] as const))(
  '%s: the same bytes, and the same result',
  async (_name, [, , , , input, output]) => {
    for (const value of fc.sample(valueOf(input, REQUEST), { numRuns: RUNS, seed: 1 })) {
      const serializer = codec.createSerializer();
      serializer.write(input as never, value);
      const { buffer, byteOffset, length } = serializer.flush();
      expect(encode(input, value)).toBe(Buffer.from(buffer, byteOffset, length).toString());
    }
    for (const value of fc.sample(valueOf(output, RESPONSE), { numRuns: RUNS, seed: 2 })) {
      const json = JSON.stringify(value);
      const theirs = await codec.createDeserializer().read(output as never, Buffer.from(json) as never);
      expect(decode(output, JSON.parse(json))).toEqual(theirs);
    }
  },
);
