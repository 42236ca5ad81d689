/** Creates an item, under a new key or with an Idempotency-Key. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../validation/canonical';
import { Faults } from '../../validation/faults';
import { Problem } from '../../http/problem';
import type { Request } from '../../http/serve';
import { preview } from '../../http/value';
import { prepareNewBody } from '../body';
import { prepareCreatedAnswer } from '../item-answer';
import { CREATED_BY, type Item, keyOf, keyText, WRITTEN_BY } from '../item';
import { newItem } from '../new-item';
import type { Operation } from '../operation';
import { preparePathAndClaims, refuseQuery, throwFaults } from '../request-parts';
import { getItem, putItem } from '../store';

/** Maximum number of random codes to try, because an item may already have a code. */
const MAX_CODES = 3;

export const create: Operation<'create'> = (setup) => {
  const { model, route } = setup;
  const readPathAndClaims = preparePathAndClaims(setup);
  const readBody = prepareNewBody(setup);
  const createdAnswer = prepareCreatedAnswer(setup);
  const hasRandomKey = model.managed.some(
    ([field, how]) => model.keys.includes(field) && typeof how === 'object' && 'random' in how,
  );
  return async (request) => {
    const faults = new Faults();
    refuseQuery(request, faults);
    const pathAndClaims = readPathAndClaims(request, faults);
    const body = readBody(request, faults);
    const idempotencyKey = readIdempotencyKey(request, route.idempotency === true, faults);
    throwFaults(faults);
    const sent = { ...body, ...pathAndClaims };
    const seed = idempotencyKey && [model.api.name, canonicalJson(pathAndClaims), idempotencyKey].join('\n');
    const hashes = seed && { key: hash(seed), body: hash(canonicalJson(body)) };
    for (let code = 1; ; code += 1) {
      const item = newItem(sent, model, seed && `${seed}\n${code}`);
      item[WRITTEN_BY] = request.id;
      if (hashes) item[CREATED_BY] = hashes.key + hashes.body;
      const stored = await putItem(setup, item, 'absent');
      if (stored) return createdAnswer(stored, request);
      const replayed = hashes && (await findReplay(item, hashes));
      // A replay may be answered with the current state of the item instead of the first answer (AIP-155).
      if (replayed) return createdAnswer(replayed, request, { 'idempotent-replayed': 'true' });
      if (!hasRandomKey || code === MAX_CODES) throw keyTaken(item);
    }
  };

  /**
   * Returns the item that an earlier request with the same Idempotency-Key created.
   * @throws Problem 422 if its body was different
   */
  async function findReplay(item: Item, hashes: Hashes): Promise<Item | undefined> {
    const found = await getItem(setup, keyOf(item, model), true);
    const createdBy = found?.[CREATED_BY];
    if (typeof createdBy !== 'string' || !createdBy.startsWith(hashes.key)) return undefined;
    if (createdBy === hashes.key + hashes.body) return found;
    throw new Problem(
      422,
      'This Idempotency-Key was sent before, with another body. Send a new key with each new item.',
    );
  }

  function keyTaken(item: Item): Problem {
    return new Problem(409, `There is already an item with the key ${keyText(item, model)}. Choose another key.`);
  }
};

interface Hashes {
  readonly key: string;
  readonly body: string;
}

/** Returns 132 bits of the hash: collisions stay improbable, and items stay small. */
function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** A key with or without quotation marks. The draft of the header requires them, as for all structured fields. */
const IDEMPOTENCY_KEY = /^"([\x21\x23-\x7e]{1,255})"$|^([\x21\x23-\x7e]{1,255})$/;

function readIdempotencyKey({ headers }: Request, isAccepted: boolean, faults: Faults): string | undefined {
  const sent = headers['idempotency-key'];
  if (sent === undefined) return undefined;
  if (!isAccepted) {
    faults.add('Idempotency-Key', 'is not taken by this route; leave it out');
    return undefined;
  }
  const [, quoted, plain] = IDEMPOTENCY_KEY.exec(sent) ?? [];
  const key = quoted ?? plain;
  if (key === undefined) {
    const message = `must be 1 to 255 visible characters, a UUID for example, but was ${preview(sent)}`;
    faults.add('Idempotency-Key', message);
  }
  return key;
}
