/** The response of a REST API to a handler's result. */
import type { Case } from '../support/case';
import { LS_V1_RESULT, REMAPPED, REST_LAMBDA, REST_NOTES } from '../support/sources';

const result = (title: string, value: unknown, expected: Case['expected'], source = LS_V1_RESULT): Case => ({
  title,
  source,
  probe: { return: value },
  expected: { status: 200, ...expected },
});

export const RESULTS: readonly Case[] = [
  result('a result with only a status has an empty body', { statusCode: 200 }, { text: '' }),
  result('a status may be a string', { statusCode: '201' }, { status: 201 }),
  result('a status above 399 is passed on', { statusCode: 418, body: 'no' }, { status: 418, text: 'no' }, REST_LAMBDA),
  result(
    'a boolean header value becomes text',
    { statusCode: 200, headers: { 'test-header': 'value', 'header-bool': true } },
    {
      headers: { 'test-header': 'value', 'header-bool': 'true' },
    },
  ),
  result('a result without a status gets status 200', { body: 'plain' }, { text: 'plain' }),
  result('headers may be null', { statusCode: 200, headers: null }, { text: '' }),
  result(
    'a result with only headers gets status 200 and an empty body',
    { headers: { 'test-header': 'value' } },
    { text: '', headers: { 'test-header': 'value' } },
  ),
  result(
    'a header with several values is repeated',
    { statusCode: 200, multiValueHeaders: { 'test-multi': ['value1', 'value2'] } },
    {
      headers: { 'test-multi': ['value1', 'value2'] },
    },
  ),
  result(
    'multiValueHeaders override headers of the same name',
    { statusCode: 200, multiValueHeaders: { 'test-multi': ['value-multi'] }, headers: { 'test-multi': 'value-solo' } },
    { headers: { 'test-multi': 'value-multi' } },
  ),
  result(
    'several set-cookie headers are sent separately',
    { statusCode: 200, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } },
    { headers: { 'set-cookie': ['a=1', 'b=2'] } },
    REST_LAMBDA,
  ),
  result(
    'the header WWW-Authenticate is renamed',
    { statusCode: 401, headers: { 'WWW-Authenticate': 'Basic realm="pets"' } },
    {
      status: 401,
      headers: { 'x-amzn-remapped-www-authenticate': 'Basic realm="pets"', 'www-authenticate': null },
    },
    REMAPPED,
  ),
  result(
    'API Gateway renames the headers Date, Server, Connection and Content-Length, and sends its values for them',
    {
      headers: {
        date: 'Sat, 01 Jan 2000 00:00:00 GMT',
        Server: 'function',
        Connection: 'function',
        'Content-Length': '7',
      },
    },
    {
      text: '',
      headers: {
        'x-amzn-remapped-date': 'Sat, 01 Jan 2000 00:00:00 GMT',
        date: expect.not.stringContaining('2000'),
        'x-amzn-remapped-server': 'function',
        server: null,
        'x-amzn-remapped-connection': 'function',
        'x-amzn-remapped-content-length': '7',
        'content-length': '0',
      },
    },
    REST_NOTES,
  ),
  result(
    'several values of WWW-Authenticate are renamed',
    { multiValueHeaders: { 'WWW-Authenticate': ['Basic', 'Bearer'] } },
    { headers: { 'x-amzn-remapped-www-authenticate': ['Basic', 'Bearer'], 'www-authenticate': null } },
    REST_NOTES,
  ),
  result(
    'a body without a content type is application/json',
    { statusCode: 200, body: 'plain' },
    { text: 'plain', headers: { 'content-type': 'application/json' } },
    REST_LAMBDA,
  ),
  result(
    'a body keeps the content type of the result',
    { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '<b>ä</b>' },
    { text: '<b>ä</b>', headers: { 'content-type': 'text/html' } },
    REST_LAMBDA,
  ),
  result(
    'base64 without isBase64Encoded is not decoded',
    { statusCode: 200, body: 'dGVzdC1kYXRh' },
    { text: 'dGVzdC1kYXRh' },
  ),
  result(
    'without binary media types, isBase64Encoded does not decode the body',
    { statusCode: 200, body: 'dGVzdC1kYXRh', isBase64Encoded: true },
    { text: 'dGVzdC1kYXRh' },
    'API Gateway developer guide, lambda-proxy-binary-media',
  ),
];

/** Recordings exist for some malformed results. The other expectations are derived from them. */
const NOT_RECORDED = 'AWS documents the format, but not the response to this malformed result';

const malformed = (title: string, value: unknown, source = LS_V1_RESULT): Case => ({
  title: `a malformed result causes an error response: ${title}`,
  source,
  ...(source !== LS_V1_RESULT && { localOnly: NOT_RECORDED }),
  probe: { return: value },
  expected: {
    status: 502,
    json: { message: 'Internal server error' },
    headers: { 'x-amzn-errortype': 'InternalServerErrorException' },
  },
});

export const MALFORMED: readonly Case[] = [
  malformed('an unknown key', { statusCode: 200, wrongValue: 'value' }),
  malformed('an empty object', {}),
  malformed('a status that is not a number', { statusCode: 'test' }),
  malformed('a string', 'justAString'),
  malformed('a multi-value header that is not a list', {
    statusCode: 200,
    multiValueHeaders: { 'test-multi-invalid': 'value1' },
  }),
  malformed('a body that is an object', { statusCode: 200, body: { a: 1 } }, REST_LAMBDA),
  malformed('a list', [1, 2], REST_LAMBDA),
];
