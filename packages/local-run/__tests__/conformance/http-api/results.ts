/** The response of an HTTP API to a handler's result. */
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
  result('a result with only a status has an empty body', { statusCode: 200 }, { text: '' }),
  result('a status may be a string', { statusCode: '201' }, { status: 201 }),
  result('a status above 399 is passed on', { statusCode: 418, body: 'no' }, { status: 418, text: 'no' }, HTTP_LAMBDA),
  result(
    'a boolean header value becomes text',
    { statusCode: 200, headers: { 'test-header': 'value', 'header-bool': true } },
    {
      headers: { 'test-header': 'value', 'header-bool': 'true' },
    },
  ),
  result(
    'a number as a header value becomes text',
    { statusCode: 200, headers: { 'x-number': 7 } },
    { headers: { 'x-number': '7' } },
    HTTP_LAMBDA,
  ),
  result('an unknown key changes nothing', { statusCode: 200, wrongValue: 'value' }, { text: '' }),
  result(
    'a body keeps the content type of the result',
    { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '<b>ä</b>' },
    { text: '<b>ä</b>', headers: { 'content-type': 'text/html' } },
    HTTP_LAMBDA,
  ),
  result(
    'a body without a content type is text/plain',
    { statusCode: 200, body: 'Hello' },
    { text: 'Hello', headers: { 'content-type': expect.stringMatching(/^text\/plain/) } },
    HTTP_TEXT,
  ),
  result(
    'a body with isBase64Encoded is decoded',
    { statusCode: 200, body: 'dGVzdC1kYXRh', isBase64Encoded: true },
    { text: 'test-data' },
  ),
  result(
    'an error body with isBase64Encoded is decoded',
    { statusCode: 404, body: 'dGVzdC1kYXRh', isBase64Encoded: true },
    { status: 404, text: 'test-data' },
    LS_V2_BASE64,
  ),
  result(
    'base64 without isBase64Encoded is not decoded',
    { statusCode: 200, body: 'dGVzdC1kYXRh' },
    { text: 'dGVzdC1kYXRh' },
  ),
  result(
    'each cookie gets a separate set-cookie header',
    { statusCode: 200, cookies: ['test-cookie=value', 'test-cookie2=value1', 'test-cookie3=value2'] },
    { headers: { 'set-cookie': ['test-cookie=value', 'test-cookie2=value1', 'test-cookie3=value2'] } },
  ),
  result(
    'cookies keep their attributes',
    { statusCode: 200, cookies: ['a=1; Path=/; HttpOnly'] },
    { headers: { 'set-cookie': 'a=1; Path=/; HttpOnly' } },
    HTTP_LAMBDA,
  ),
  result(
    'an object without a status becomes the body',
    { random: { 'json-body': 'value' } },
    {
      json: { random: { 'json-body': 'value' } },
      headers: JSON_TYPE,
    },
  ),
  result(
    'an object with only headers becomes the body',
    { headers: { 'test-header': 'value' } },
    {
      json: { headers: { 'test-header': 'value' } },
      headers: { ...JSON_TYPE, 'test-header': null },
    },
  ),
  result('an empty object becomes the body', {}, { json: {}, headers: JSON_TYPE }),
  result('a string becomes the body', 'justAString', { text: /^"?justAString"?$/, headers: JSON_TYPE }),
  result('the string errorMessage becomes the body', 'errorMessage', { text: /^"?errorMessage"?$/ }),
  result('an array becomes the body', [1, 2], { json: [1, 2], headers: JSON_TYPE }, HTTP_LAMBDA),
  result('null becomes the body', null, { text: 'null' }),
  result(
    'multiValueHeaders, a field of format 1.0, is ignored',
    { statusCode: 200, multiValueHeaders: { 'x-multi': ['a'] } },
    {
      headers: { 'x-multi': null },
    },
    HTTP_LAMBDA,
  ),
];

/** Recordings exist for some malformed results. The other expectations are derived from them. */
const NOT_RECORDED = 'AWS documents the format, but not the response to this malformed result';

const malformed = (title: string, value: unknown, source = LS_V2_RESULT): Case => ({
  title: `a malformed result causes an error response: ${title}`,
  source,
  ...(source !== LS_V2_RESULT && { localOnly: NOT_RECORDED }),
  probe: { return: value },
  expected: { status: 500, json: { message: 'Internal Server Error' }, headers: JSON_TYPE },
});

export const MALFORMED: readonly Case[] = [
  malformed('a status that is not a number', { statusCode: 'test' }),
  malformed('cookies that are not a list', { statusCode: 200, cookies: { 'test-cookies-invalid': 'value1' } }),
  malformed('an errorMessage without a status, like a failed invocation', { errorMessage: 'test fake error message' }),
  malformed('a body that is an object', { statusCode: 200, body: { a: 1 } }, HTTP_LAMBDA),
  malformed('headers that are a string', { statusCode: 200, headers: 'none' }, HTTP_LAMBDA),
  malformed('a header that is an object', { statusCode: 200, headers: { a: {} } }, HTTP_LAMBDA),
];
