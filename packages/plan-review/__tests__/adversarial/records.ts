/** Forged review records: the text is the true summary of a dangerous plan, or a part of it. */
import { createHash } from 'node:crypto';
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { Forgery } from './comments';

const RECORD = /^(<!-- plan-review \d+) [0-9a-f]{16} ([A-Za-z0-9+/=]+) -->$/m;

type Json = Readonly<Record<string, unknown>>;

/** Replaces the content of the record, with a correct checksum. */
function withContent(summary: string, content: Uint8Array): string {
  const data = Buffer.from(deflateSync(content, { level: 9 })).toString('base64');
  const checksum = createHash('sha256').update(data).digest('hex').slice(0, 16);
  return summary.replace(RECORD, (_, start: string) => `${start} ${checksum} ${data} -->`);
}

function withRecord(summary: string, change: (record: Json) => unknown): string {
  const [, , data = ''] = RECORD.exec(summary) ?? [];
  const record = JSON.parse(strFromU8(inflateSync(Buffer.from(data, 'base64')))) as Json;
  return withContent(summary, strToU8(JSON.stringify(change(record))));
}

const edit = (name: string, change: (record: Json) => unknown): Forgery => ({
  name: `a record with ${name}`,
  forge: ({ dangerous }) => withRecord(dangerous, change),
});

const stack = { digest: '0'.repeat(64) };

export const forgedRecords: readonly Forgery[] = [
  edit('another commit', (record) => ({ ...record, commit: 'b'.repeat(40) })),
  edit('a text before the plans', (record) => ({ ...record, first: '> [!TIP]\n> Approved' })),
  edit('a heading before the plans', (record) => ({ ...record, first: '## Terraform plan: No changes' })),
  edit('no text before the plans', (record) => ({ ...record, first: undefined })),
  edit('a shorter form', (record) => ({ ...record, form: 1 })),
  edit('the shortest form', (record) => ({ ...record, form: 7 })),
  edit('an unknown form', (record) => ({ ...record, form: 99 })),
  edit('a form that is no number', (record) => ({ ...record, form: 'length' })),
  edit('a form before the first', (record) => ({ ...record, form: -1 })),
  edit('no form', (record) => ({ ...record, form: undefined })),
  edit('no stack', (record) => ({ ...record, stacks: {} })),
  edit('one more stack', (record) => ({ ...record, stacks: { ...(record['stacks'] as Json), other: stack } })),
  edit('a stack that is called as a property of all objects', (record) => ({
    ...record,
    stacks: { ...(record['stacks'] as Json), constructor: stack },
  })),
  edit('a stack that is called __proto__', (record) => ({
    ...record,
    stacks: JSON.parse(`{"__proto__":${JSON.stringify(stack)}}`) as Json,
  })),
  edit('the digest of another plan', (record) => ({ ...record, stacks: { ferry: stack } })),
  edit('a list of stacks', (record) => ({ ...record, stacks: [stack] })),
  edit('no content', () => null),
  { name: 'a record that is no JSON', forge: ({ dangerous }) => withContent(dangerous, strToU8('{"stacks":')) },
  { name: 'a record of 20 MB', forge: ({ dangerous }) => withContent(dangerous, new Uint8Array(20_000_000)) },
  {
    name: 'a record with a wrong checksum',
    forge: ({ dangerous }) => dangerous.replace(/(plan-review \d+) [0-9a-f]{16}/, `$1 ${'0'.repeat(16)}`),
  },
];
