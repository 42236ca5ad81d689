/** What an HTTP API makes of a handler's result. */
import type { Case } from '../support/case';
import { HTTP_LAMBDA, HTTP_TEXT, LS_V2_BASE64, LS_V2_RESULT } from '../support/sources';

const result = (title: string, value: unknown, expected: Case['expected'], source = LS_V2_RESULT): Case => ({
  title,
  source,
  probe: { return: value },
  expected: { status: 200, ...expected },
});

const JSON_TYPE = { 'content-type': expect.stringMatching(/^application\/json/) };

export const RESULTS: readonly Case[] = [
  result('a status alone: no body', { statusCode: 200 }, { text: '' }),
  result('a status as text', { statusCode: '201' }, { status: 201 }),
  result('a status that is an error', { statusCode: 418, body: 'no' }, { status: 418, text: 'no' }, HTTP_LAMBDA),
  result(
    'headers, a boolean among them',
    { statusCode: 200, headers: { 'test-header': 'value', 'header-bool': true } },
    {
      headers: { 'test-header': 'value', 'header-bool': 'true' },
    },
  ),
  result(
    'a number as a header',
    { statusCode: 200, headers: { 'x-number': 7 } },
    { headers: { 'x-number': '7' } },
    HTTP_LAMBDA,
  ),
  result('an unknown key changes nothing', { statusCode: 200, wrongValue: 'value' }, { text: '' }),
  result(
    'a body of another type',
    { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '<b>ä</b>' },
    { text: '<b>ä</b>', headers: { 'content-type': 'text/html' } },
    HTTP_LAMBDA,
  ),
  result(
    'a body without a type is text/plain',
    { statusCode: 200, body: 'Hello' },
    { text: 'Hello', headers: { 'content-type': expect.stringMatching(/^text\/plain/) } },
    HTTP_TEXT,
  ),
  result(
    'base64 that says so is decoded',
    { statusCode: 200, body: 'dGVzdC1kYXRh', isBase64Encoded: true },
    { text: 'test-data' },
  ),
  result(
    'base64 of an error is decoded too',
    { statusCode: 404, body: 'dGVzdC1kYXRh', isBase64Encoded: true },
    { status: 404, text: 'test-data' },
    LS_V2_BASE64,
  ),
  result('base64 that does not say so is a text', { statusCode: 200, body: 'dGVzdC1kYXRh' }, { text: 'dGVzdC1kYXRh' }),
  result(
    'each cookie is a set-cookie of its own',
    { statusCode: 200, cookies: ['test-cookie=value', 'test-cookie2=value1', 'test-cookie3=value2'] },
    { headers: { 'set-cookie': ['test-cookie=value', 'test-cookie2=value1', 'test-cookie3=value2'] } },
  ),
  result(
    'cookies with their attributes',
    { statusCode: 200, cookies: ['a=1; Path=/; HttpOnly'] },
    { headers: { 'set-cookie': 'a=1; Path=/; HttpOnly' } },
    HTTP_LAMBDA,
  ),
  result(
    'an object without a status is the body',
    { random: { 'json-body': 'value' } },
    {
      json: { random: { 'json-body': 'value' } },
      headers: JSON_TYPE,
    },
  ),
  result(
    'headers without a status are the body',
    { headers: { 'test-header': 'value' } },
    {
      json: { headers: { 'test-header': 'value' } },
      headers: { ...JSON_TYPE, 'test-header': null },
    },
  ),
  result('an empty object is the body', {}, { json: {}, headers: JSON_TYPE }),
  result('a text is the body', 'justAString', { text: /^"?justAString"?$/, headers: JSON_TYPE }),
  result('the text errorMessage is the body', 'errorMessage', { text: /^"?errorMessage"?$/ }),
  result('an array is the body', [1, 2], { json: [1, 2], headers: JSON_TYPE }, HTTP_LAMBDA),
  result('null is the body', null, { text: 'null' }),
  result(
    'multiValueHeaders are of format 1.0',
    { statusCode: 200, multiValueHeaders: { 'x-multi': ['a'] } },
    {
      headers: { 'x-multi': null },
    },
    HTTP_LAMBDA,
  ),
];

/** The format is documented; what a breach of it gets is recorded of some, and of the others follows from those. */
const NOT_RECORDED = 'the format is documented, the answer to this breach of it is not';

const malformed = (title: string, value: unknown, source = LS_V2_RESULT): Case => ({
  title: `malformed: ${title}`,
  source,
  ...(source !== LS_V2_RESULT && { localOnly: NOT_RECORDED }),
  probe: { return: value },
  expected: { status: 500, json: { message: 'Internal Server Error' }, headers: JSON_TYPE },
});

export const MALFORMED: readonly Case[] = [
  malformed('a status that is no number', { statusCode: 'test' }),
  malformed('cookies that are no list', { statusCode: 200, cookies: { 'test-cookies-invalid': 'value1' } }),
  malformed('no status and an errorMessage, as of a failed invocation', { errorMessage: 'test fake error message' }),
  malformed('a body that is an object', { statusCode: 200, body: { a: 1 } }, HTTP_LAMBDA),
  malformed('headers that are a text', { statusCode: 200, headers: 'none' }, HTTP_LAMBDA),
  malformed('a header that is an object', { statusCode: 200, headers: { a: {} } }, HTTP_LAMBDA),
];
