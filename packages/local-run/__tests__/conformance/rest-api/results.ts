/** What a REST API makes of a handler's result. */
import type { Case } from '../support/case';
import { LS_V1_RESULT, REMAPPED, REST_LAMBDA, REST_NOTES } from '../support/sources';

const result = (title: string, value: unknown, expected: Case['expected'], source = LS_V1_RESULT): Case => ({
  title,
  source,
  probe: { return: value },
  expected: { status: 200, ...expected },
});

export const RESULTS: readonly Case[] = [
  result('a status alone: no body', { statusCode: 200 }, { text: '' }),
  result('a status as text', { statusCode: '201' }, { status: 201 }),
  result('a status that is an error', { statusCode: 418, body: 'no' }, { status: 418, text: 'no' }, REST_LAMBDA),
  result(
    'headers, a boolean among them',
    { statusCode: 200, headers: { 'test-header': 'value', 'header-bool': true } },
    {
      headers: { 'test-header': 'value', 'header-bool': 'true' },
    },
  ),
  result('a body alone', { body: 'plain' }, { text: 'plain' }),
  result('headers that are null', { statusCode: 200, headers: null }, { text: '' }),
  result('headers alone', { headers: { 'test-header': 'value' } }, { text: '', headers: { 'test-header': 'value' } }),
  result(
    'several values of a header',
    { statusCode: 200, multiValueHeaders: { 'test-multi': ['value1', 'value2'] } },
    {
      headers: { 'test-multi': ['value1', 'value2'] },
    },
  ),
  result(
    'a header in both is taken from multiValueHeaders',
    { statusCode: 200, multiValueHeaders: { 'test-multi': ['value-multi'] }, headers: { 'test-multi': 'value-solo' } },
    { headers: { 'test-multi': 'value-multi' } },
  ),
  result(
    'several set-cookie headers',
    { statusCode: 200, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } },
    { headers: { 'set-cookie': ['a=1', 'b=2'] } },
    REST_LAMBDA,
  ),
  result(
    'WWW-Authenticate gets another name',
    { statusCode: 401, headers: { 'WWW-Authenticate': 'Basic realm="pets"' } },
    {
      status: 401,
      headers: { 'x-amzn-remapped-www-authenticate': 'Basic realm="pets"', 'www-authenticate': null },
    },
    REMAPPED,
  ),
  result(
    'Date, Server, Connection and Content-Length get others, so that those of API Gateway stand',
    { headers: { date: 'Sat, 01 Jan 2000 00:00:00 GMT', Server: 'own', Connection: 'own', 'Content-Length': '7' } },
    {
      text: '',
      headers: {
        'x-amzn-remapped-date': 'Sat, 01 Jan 2000 00:00:00 GMT',
        date: expect.not.stringContaining('2000'),
        'x-amzn-remapped-server': 'own',
        server: null,
        'x-amzn-remapped-connection': 'own',
        'x-amzn-remapped-content-length': '7',
        'content-length': '0',
      },
    },
    REST_NOTES,
  ),
  result(
    'several values of such a header do too',
    { multiValueHeaders: { 'WWW-Authenticate': ['Basic', 'Bearer'] } },
    { headers: { 'x-amzn-remapped-www-authenticate': ['Basic', 'Bearer'], 'www-authenticate': null } },
    REST_NOTES,
  ),
  result(
    'a body without a type is JSON',
    { statusCode: 200, body: 'plain' },
    { text: 'plain', headers: { 'content-type': 'application/json' } },
    REST_LAMBDA,
  ),
  result(
    'a body of another type',
    { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: '<b>ä</b>' },
    { text: '<b>ä</b>', headers: { 'content-type': 'text/html' } },
    REST_LAMBDA,
  ),
  result('base64 that does not say so is a text', { statusCode: 200, body: 'dGVzdC1kYXRh' }, { text: 'dGVzdC1kYXRh' }),
  result(
    'base64 that says so stays what it is, without binary media types',
    { statusCode: 200, body: 'dGVzdC1kYXRh', isBase64Encoded: true },
    { text: 'dGVzdC1kYXRh' },
    'API Gateway developer guide, lambda-proxy-binary-media',
  ),
];

/** The format is documented; what a breach of it gets is recorded of some, and of the others follows from those. */
const NOT_RECORDED = 'the format is documented, the answer to this breach of it is not';

const malformed = (title: string, value: unknown, source = LS_V1_RESULT): Case => ({
  title: `malformed: ${title}`,
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
  malformed('a status that is no number', { statusCode: 'test' }),
  malformed('a text', 'justAString'),
  malformed('a multi-value header that is no list', {
    statusCode: 200,
    multiValueHeaders: { 'test-multi-invalid': 'value1' },
  }),
  malformed('a body that is an object', { statusCode: 200, body: { a: 1 } }, REST_LAMBDA),
  malformed('a list', [1, 2], REST_LAMBDA),
];
