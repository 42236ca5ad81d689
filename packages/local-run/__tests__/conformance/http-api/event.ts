/** Fields of the event of an HTTP API (payload format 2.0), except path and body. */
import { type Case, fieldsOf } from '../support/case';
import { HTTP_LAMBDA, HTTP_ROUTES, POWERTOOLS_V2, VOKER_V2 } from '../support/sources';

const plain = { headers: [['User-Agent', 'conformance/1.0']] } as const;

/** The recorded request. */
const probed = {
  method: 'POST',
  path: '/capture/space%20value?repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=',
  headers: [
    ['Accept', '*/*'],
    ['Content-Type', 'application/json'],
    ['X-Voker-Probe', 'first'],
    ['x-voker-probe', 'second'],
    ['Cookie', 'session=abc123; theme=dark'],
  ],
  body: '{"message":"hello from the public internet","unicode":"lambda-λ"}',
} as const;

const context = (fields: object) => ({ event: { requestContext: fields } });

export const EVENT: readonly Case[] = [
  ...fieldsOf(plain, HTTP_LAMBDA, {
    'version is 2.0': { event: { version: '2.0' } },
    'routeKey is the route that matched': { event: { routeKey: 'ANY /echo' } },
    'rawPath is the path': { event: { rawPath: '/echo' } },
    'without a query, rawQueryString is empty': { event: { rawQueryString: '' } },
    'isBase64Encoded is false without a body': { event: { isBase64Encoded: false } },
    'accountId has twelve digits': context({ accountId: expect.stringMatching(/^\d{12}$/) }),
    'apiId is set': context({ apiId: expect.stringMatching(/^[a-z0-9]+$/) }),
    'domainName and domainPrefix are set': context({
      domainName: expect.any(String),
      domainPrefix: expect.any(String),
    }),
    'http.method is the method': context({ http: { method: 'GET' } }),
    'http.path is the path': context({ http: { path: '/echo' } }),
    'http.protocol is HTTP/1.1': context({ http: { protocol: 'HTTP/1.1' } }),
    'http.sourceIp is an IP address': context({ http: { sourceIp: expect.stringMatching(/^[\d.]+$|:/) } }),
    'http.userAgent is the header User-Agent': context({ http: { userAgent: 'conformance/1.0' } }),
    'requestContext.routeKey is the route that matched': context({ routeKey: 'ANY /echo' }),
    'requestContext.stage is the stage': context({ stage: '$default' }),
    'time has the format of the Common Log Format': context({
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    }),
    'timeEpoch is a number': context({ timeEpoch: expect.any(Number) }),
    'without a query, queryStringParameters is absent': { without: ['queryStringParameters'] },
    'without cookies, cookies is absent': { without: ['cookies', 'headers.cookie'] },
    'format 2.0 has no multi-value fields': { without: ['multiValueHeaders', 'multiValueQueryStringParameters'] },
    'format 2.0 has no field of format 1.0': { without: ['resource', 'path', 'httpMethod'] },
  }),
  ...fieldsOf(plain, POWERTOOLS_V2, {
    'without path variables, pathParameters is absent': { without: ['pathParameters'] },
    'without stage variables, stageVariables is absent': { without: ['stageVariables'] },
    'without a body, body is absent': { without: ['body'] },
  }),
  ...fieldsOf(plain, VOKER_V2, {
    'requestId has fifteen characters and a =': context({ requestId: expect.stringMatching(/^[\w+/-]{15}=$/) }),
    'a trace header is added': {
      event: { headers: { 'x-amzn-trace-id': expect.stringMatching(/Root=1-[0-9a-f]{8}-[0-9a-f]{24}/) } },
    },
    'x-forwarded headers are added': {
      event: {
        headers: {
          'x-forwarded-for': expect.any(String),
          'x-forwarded-port': expect.stringMatching(/^\d+$/),
          'x-forwarded-proto': expect.stringMatching(/^https?$/),
        },
      },
    },
  }),
  ...fieldsOf(probed, VOKER_V2, {
    'header names are lower case': { event: { headers: { accept: '*/*', 'content-type': 'application/json' } } },
    'repeated headers are joined with a comma': { event: { headers: { 'x-voker-probe': 'first,second' } } },
    'content-length is passed on': { event: { headers: { 'content-length': '66' } } },
    'cookies are a list': { event: { cookies: ['session=abc123', 'theme=dark'] } },
    'cookies are removed from the headers': { without: ['headers.cookie'] },
    'the raw query stays encoded': {
      event: {
        rawQueryString:
          'repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=',
      },
    },
    'repeated query keys are joined with a comma': { event: { queryStringParameters: { repeat: 'one,two' } } },
    'query values are decoded': { event: { queryStringParameters: { redirect: 'https://example.com/a/b' } } },
    'a + in the query is a space': { event: { queryStringParameters: { literalPlus: 'a b' } } },
    'an encoded + in the query is a +': { event: { queryStringParameters: { encodedPlus: 'a+b' } } },
    'an empty query value is an empty text': { event: { queryStringParameters: { empty: '' } } },
    'a JSON body with Unicode is unchanged': { event: { body: probed.body, isBase64Encoded: false } },
  }),
  {
    title: 'several cookie headers become one list',
    source: HTTP_LAMBDA,
    request: {
      headers: [
        ['Cookie', 'a=1; b=2'],
        ['cookie', 'c=3'],
      ],
    },
    expected: { status: 200, event: { cookies: ['a=1', 'b=2', 'c=3'] } },
  },
  {
    title: 'Unicode in the query is decoded in queryStringParameters only',
    source: HTTP_ROUTES,
    request: { path: '/echo?q=%E4%B8%96%E7%95%8C' },
    expected: { status: 200, event: { rawQueryString: 'q=%E4%B8%96%E7%95%8C', queryStringParameters: { q: '世界' } } },
  },
  {
    title: 'the context and rawPath contain a named stage',
    source: HTTP_LAMBDA,
    api: 'named',
    request: { path: '/pets/6' },
    expected: {
      status: 200,
      event: { rawPath: '/dev/pets/6', requestContext: { stage: 'dev', http: { path: '/dev/pets/6' } } },
    },
  },
];
