/** Fields of the event of a REST API (payload format 1.0). */
import { type Case, fieldsOf } from '../support/case';
import {
  LS_V1_EVENT,
  LS_V1_HEADERS,
  MS_V1_BASE64,
  POWERTOOLS_V1,
  REST_LAMBDA,
  REST_NOTES,
  VOKER_V1,
} from '../support/sources';

const plain = { headers: [['User-Agent', 'conformance/1.0']] } as const;

/** The recorded request. */
const probed = {
  method: 'POST',
  path: '/capture/space%20value?repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=',
  headers: [
    ['accept', '*/*'],
    ['content-type', 'application/json'],
    ['user-agent', 'curl/8.7.1'],
    ['x-voker-probe', 'first'],
    ['x-voker-probe', 'second'],
    ['cookie', 'session=abc123; theme=dark'],
  ],
  body: '{"message":"hello from the public internet","unicode":"lambda-λ"}',
} as const;

const context = (fields: object) => ({ event: { requestContext: fields } });

/** The identity of a request without credentials. */
const IDENTITY = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

/** API Gateway also drops `TE`, `Trailer`, `Transfer-Encoding` and `Upgrade`. No case sends them: they change the connection. */
const DROPPED = ['Content-MD5', 'Max-Forwards', 'Proxy-Authenticate', 'Server', 'WWW-Authenticate'];
const PASSED_ON = ['Accept-Encoding', 'Age', 'Authorization', 'Content-Encoding', 'Date', 'Pragma', 'Range', 'Referer'];

export const EVENT: readonly Case[] = [
  ...fieldsOf(plain, LS_V1_EVENT, {
    'resource is the path of the resource': { event: { resource: '/echo' } },
    'path does not have the stage': { event: { path: '/echo' } },
    'httpMethod is the method': { event: { httpMethod: 'GET' } },
    'without a query, the query fields are null': {
      event: { queryStringParameters: null, multiValueQueryStringParameters: null },
    },
    'without path variables, pathParameters is null': { event: { pathParameters: null } },
    'without stage variables, stageVariables is null': { event: { stageVariables: null } },
    'without a body, body is null': { event: { body: null, isBase64Encoded: false } },
    'format 1.0 has no field of format 2.0': {
      without: ['version', 'routeKey', 'rawPath', 'rawQueryString', 'cookies'],
    },
    'every header is in headers and in multiValueHeaders': {
      event: { headers: { 'User-Agent': 'conformance/1.0' }, multiValueHeaders: { 'User-Agent': ['conformance/1.0'] } },
    },
    'accountId has twelve digits': context({ accountId: expect.stringMatching(/^\d{12}$/) }),
    'apiId is set': context({ apiId: expect.stringMatching(/^[a-z0-9]+$/) }),
    'deploymentId is set': context({ deploymentId: expect.stringMatching(/^[a-z0-9]+$/) }),
    'resourceId is set': context({ resourceId: expect.any(String) }),
    'domainName and domainPrefix are set': context({
      domainName: expect.any(String),
      domainPrefix: expect.any(String),
    }),
    'extendedRequestId ends in =': context({ extendedRequestId: expect.stringMatching(/=$/) }),
    'requestContext.httpMethod is the method': context({ httpMethod: 'GET' }),
    'requestContext.path has the stage': context({ path: '/test/echo' }),
    'requestContext.protocol is HTTP/1.1': context({ protocol: 'HTTP/1.1' }),
    'requestId is a UUID': context({
      requestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    }),
    'requestTime has the format of the Common Log Format': context({
      requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    }),
    'requestTimeEpoch is a number': context({ requestTimeEpoch: expect.any(Number) }),
    'requestContext.resourcePath is the path of the resource': context({ resourcePath: '/echo' }),
    'requestContext.stage is the stage': context({ stage: 'test' }),
    'without credentials, the fields of identity are null': context({ identity: IDENTITY }),
    'identity.sourceIp is an IP address': context({ identity: { sourceIp: expect.stringMatching(/^[\d.]+$|:/) } }),
    'identity.userAgent is the header User-Agent': context({ identity: { userAgent: 'conformance/1.0' } }),
    'a trace header is added': {
      event: { headers: { 'X-Amzn-Trace-Id': expect.stringMatching(/Root=1-[0-9a-f]{8}-[0-9a-f]{24}/) } },
    },
    'X-Forwarded headers are added': {
      event: {
        headers: {
          'X-Forwarded-For': expect.any(String),
          'X-Forwarded-Port': expect.stringMatching(/^\d+$/),
          'X-Forwarded-Proto': expect.stringMatching(/^https?$/),
        },
      },
    },
  }),
  ...fieldsOf(probed, VOKER_V1, {
    'headers keep their case': { event: { headers: { accept: '*/*', 'content-type': 'application/json' } } },
    'Host and User-Agent are always in title case': {
      event: { headers: { Host: expect.any(String), 'User-Agent': 'curl/8.7.1' } },
      without: ['headers.host', 'headers.user-agent'],
    },
    'headers has the last value of a repeated header': { event: { headers: { 'x-voker-probe': 'second' } } },
    'multiValueHeaders has all values of a repeated header': {
      event: { multiValueHeaders: { 'x-voker-probe': ['first', 'second'] } },
    },
    'content-length is not passed on': { without: ['headers.content-length', 'headers.Content-Length'] },
    'cookies stay a header': { event: { headers: { cookie: 'session=abc123; theme=dark' } } },
    'queryStringParameters has the last value of a repeated key': {
      event: { queryStringParameters: { repeat: 'two' } },
    },
    'multiValueQueryStringParameters has all values of a repeated key': {
      event: { multiValueQueryStringParameters: { repeat: ['one', 'two'], empty: [''] } },
    },
    'query values are decoded': { event: { queryStringParameters: { redirect: 'https://example.com/a/b' } } },
    'a + in the query is a space': { event: { queryStringParameters: { literalPlus: 'a b' } } },
    'an encoded + in the query is a +': { event: { queryStringParameters: { encodedPlus: 'a+b' } } },
    'an empty query value is an empty text': { event: { queryStringParameters: { empty: '' } } },
    'path stays encoded': { event: { path: '/capture/space%20value' } },
    'requestContext.path stays encoded': context({ path: '/test/capture/space%20value' }),
    'path variables stay encoded': { event: { pathParameters: { proxy: 'space%20value' } } },
    'a JSON body with Unicode is unchanged': { event: { body: probed.body, isBase64Encoded: false } },
  }),
  ...fieldsOf(
    {
      method: 'POST',
      headers: [
        ['Content-Type', 'application/json;charset=utf-8'],
        ['tEsT-HEADeR', 'aValUE'],
      ],
      path: '/echo?category=electronics&category=books&price=10&price=20&price=30',
    },
    LS_V1_EVENT,
    {
      'a header name keeps its mixed case': { event: { headers: { 'tEsT-HEADeR': 'aValUE' } } },
      'queryStringParameters has the last of several values': {
        event: { queryStringParameters: { category: 'books', price: '30' } },
      },
      'multiValueQueryStringParameters has several values of several keys': {
        event: { multiValueQueryStringParameters: { category: ['electronics', 'books'], price: ['10', '20', '30'] } },
      },
    },
  ),
  ...DROPPED.map((name) => ({
    title: `the header ${name} is not passed on`,
    source: LS_V1_HEADERS,
    request: { headers: [[name, 'value']] } as const,
    expected: { status: 200, without: [`headers.${name}`, `multiValueHeaders.${name}`] },
  })),
  ...PASSED_ON.map((name) => ({
    title: `the header ${name} is passed on`,
    source: LS_V1_HEADERS,
    request: { headers: [[name, 'value']] } as const,
    expected: { status: 200, event: { headers: { [name]: 'value' }, multiValueHeaders: { [name]: ['value'] } } },
  })),
  {
    title: 'a ; separates query parameters, an encoded ; does not',
    source: REST_NOTES,
    request: { path: '/echo?a=1;b=2&c=3%3B4' },
    expected: { status: 200, event: { queryStringParameters: { a: '1', c: '3;4' } } },
  },
  {
    title: 'Unicode in the query is decoded',
    source: REST_LAMBDA,
    request: { path: '/echo?q=%E4%B8%96%E7%95%8C' },
    expected: { status: 200, event: { queryStringParameters: { q: '世界' } } },
  },
  {
    title: 'without an authorizer, requestContext.authorizer is absent',
    source: POWERTOOLS_V1,
    request: plain,
    expected: { status: 200, without: ['requestContext.authorizer'] },
  },
];

const arrives = (path: string, variable: string, source = LS_V1_EVENT): Case => ({
  title: `the path ${path} is unchanged, and {proxy+} is ${variable}`,
  source,
  request: { path: `/capture/${path}` },
  expected: { status: 200, event: { path: `/capture/${path}`, pathParameters: { proxy: variable } } },
});

export const PATHS: readonly Case[] = [
  arrives('test-path', 'test-path'),
  arrives('test-path/', 'test-path'),
  arrives(
    'user/test%2Balias@gmail.com/plus/test+alias@gmail.com',
    'user/test%2Balias@gmail.com/plus/test+alias@gmail.com',
  ),
  arrives('space%20value', 'space%20value', VOKER_V1),
  {
    title: 'the encoded query of a recorded request is decoded',
    source: LS_V1_EVENT,
    request: {
      path: '/capture/api?dateTimeOffset=2023-06-12T18:05:10.123456+00:00&email=test%2Balias@gmail.com&plus=test+alias@gmail.com&url=https://www.google.com/&whitespace=foo%20bar&zhash=abort/',
    },
    expected: {
      status: 200,
      event: {
        queryStringParameters: {
          dateTimeOffset: '2023-06-12T18:05:10.123456 00:00',
          email: 'test+alias@gmail.com',
          plus: 'test alias@gmail.com',
          url: 'https://www.google.com/',
          whitespace: 'foo bar',
          zhash: 'abort/',
        },
      },
    },
  },
];

const text = (type: string): Case => ({
  title: `a body of ${type} is text`,
  source: REST_LAMBDA,
  request: { method: 'POST', headers: [['Content-Type', type]], body: 'a=1&b=ä' },
  expected: { status: 200, event: { body: 'a=1&b=ä', isBase64Encoded: false } },
});

/** The API has no binary media types, so each body is text. */
export const BODIES: readonly Case[] = [
  text('application/json'),
  text('text/plain'),
  text('application/x-www-form-urlencoded'),
  text('application/octet-stream'),
  {
    title: 'a body without a content type is text',
    source: REST_LAMBDA,
    request: { method: 'POST', body: 'ä' },
    expected: { status: 200, event: { body: 'ä', isBase64Encoded: false } },
  },
  {
    title: 'a body that is not valid UTF-8 is text',
    source: MS_V1_BASE64,
    request: {
      method: 'POST',
      headers: [['Content-Type', 'application/octet-stream']],
      body: Uint8Array.from([0xab, 0x57, 0xdc, 0x17, 0xe4]),
    },
    expected: { status: 200, event: { body: expect.stringContaining('W'), isBase64Encoded: false } },
  },
  {
    title: 'an empty body is null',
    source: LS_V1_EVENT,
    request: { method: 'POST', headers: [['Content-Length', '0']] },
    expected: { status: 200, event: { body: null } },
  },
];
