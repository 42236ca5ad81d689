/** Why a request was refused, as the request line and the log for machines say it. */
import { firstFault } from '../../src/print/first-fault';
import { requestText } from '../../src/print/request-line';
import { invocationOf, requestOf } from '../support/console';

const faultOf = (body: unknown, status = 400) =>
  firstFault({ status, headers: [], body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });

test.each([
  [
    'the first of several errors, with its place',
    { errors: [{ path: 'price', message: 'is missing' }, 'b'] },
    'price: is missing',
  ],
  ['an error that is a text', { detail: 'The request has 2 faults.', errors: ['id is missing'] }, 'id is missing'],
  ['a place that is a list of names', { issues: [{ path: ['a', 0, 'b'], message: 'Required' }] }, 'a.0.b: Required'],
  ['the detail of a problem', { title: 'Not Found', detail: 'There is no item x.' }, 'There is no item x.'],
  ['the message of API Gateway', { message: 'Unauthorized' }, 'Unauthorized'],
  ['the message of a REST API’s authorizer', { Message: 'User is not authorized' }, 'User is not authorized'],
  ['an error within an object', { error: { code: 7, message: 'no such order' } }, 'no such order'],
  ['nothing, when no field is a text', { detail: 5, errors: [7] }, undefined],
  ['nothing for text', 'Not Found', undefined],
  ['nothing for broken JSON', '{"message":', undefined],
  ['nothing for an array', '["a"]', undefined],
])('is %s', (_, body, fault) => {
  expect(faultOf(body)).toBe(fault);
});

test.each([200, 399, 500])('is nothing for the status %i', (status) => {
  expect(faultOf({ message: 'x' }, status)).toBeUndefined();
});

test('has one line without control characters', () => {
  expect(faultOf({ detail: ' a\u001b[31m\r\nb\u2028c\u202ed\u0085e ' })).toBe('a [31m b c d e');
});

test('has at most 120 characters, and cuts no character in half', () => {
  const fault = faultOf({ detail: '😀'.repeat(200) }) ?? '';
  expect(Array.from(fault)).toHaveLength(120);
  expect(fault.endsWith('😀...')).toBe(true);
});

test('ends the request line, after the calls', () => {
  const body = JSON.stringify({ detail: 'a detail', errors: [{ path: 'id', message: 'holds secret-key' }] });
  const log = requestOf(invocationOf(1), { response: { status: 400, headers: [], body } });
  const line = (more: object) => requestText({ ...log, ...more }, 0, { apiKeys: ['secret-key'], names: new Set() });
  expect(line({})).toMatch(/ 400 +1 ms +id: holds \*\*\*$/);
  expect(line({ reason: 'the gateway’s\u001b[1m reason\nand more' })).toMatch(/ms +the gateway’s \[1m reason$/);
});
