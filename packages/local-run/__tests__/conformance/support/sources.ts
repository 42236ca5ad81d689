/** Sources of the expectations: pages of AWS's documentation, and recordings by repository and file. */

const apiGateway = (page: string) => `API Gateway developer guide, ${page}`;

export const HTTP_LAMBDA = apiGateway('http-api-develop-integrations-lambda');
/** The response body had no content type. AWS sent text/plain;charset=UTF-8. */
export const HTTP_TEXT = 'recorded: aasisodiya.github.io, nodejs-aws-apigw (HTTP API, 2020-04-09)';
export const HTTP_ROUTES = apiGateway('http-api-develop-routes');
export const HTTP_CORS = apiGateway('http-api-cors');
export const HTTP_AUTHORIZERS = apiGateway('http-api-lambda-authorizer');
export const HTTP_ACCESS = apiGateway('http-api-access-control');
export const HTTP_JWT = apiGateway('http-api-jwt-authorizer');
export const HTTP_JWT_TROUBLES = apiGateway('http-api-troubleshooting-jwt');
export const HTTP_QUOTAS = apiGateway('http-api-quotas');
export const HTTP_THROTTLE = apiGateway('http-api-throttling');
export const REST_LAMBDA = apiGateway('set-up-lambda-proxy-integrations');
export const REST_RESPONSES = apiGateway('supported-gateway-response-types');
export const REST_AUTHORIZERS = apiGateway('apigateway-use-lambda-authorizer');
export const REST_AUTHORIZER_INPUT = apiGateway('api-gateway-lambda-authorizer-input');
export const REST_AUTHORIZER_OUTPUT = apiGateway('api-gateway-lambda-authorizer-output');
export const REST_COGNITO = apiGateway('apigateway-integrate-with-cognito');
export const REST_MOCK = apiGateway('how-to-mock-integration');
export const REST_GATEWAY_RESPONSES = apiGateway('api-gateway-gatewayResponse-definition');
export const REST_QUOTAS = apiGateway('api-gateway-execution-service-limits-table');
export const REST_THROTTLE = apiGateway('api-gateway-request-throttling');
export const REST_NOTES = apiGateway('api-gateway-known-issues');
export const REST_LOGS = apiGateway('set-up-logging');
export const REST_KEYS = apiGateway('api-gateway-setup-api-key-with-restapi');

export const LAMBDA_ERRORS = 'Lambda developer guide, services-apigateway-errors';
export const LAMBDA_QUOTAS = 'Lambda developer guide, gettingstarted-limits';

/** Recorded from AWS on 2026-07-10. */
const voker = (file: string) => `recorded: hotsock/voker, vokerhttp/testdata/${file}`;
export const VOKER_V2 = voker('apigwv2-request.json');
export const VOKER_V1 = voker('apigwv1-request.json');
export const VOKER_PATHS = voker('ingress-paths.json');

/** Tests of localstack that ran against AWS, and their recordings. */
const localstack = (test: string) => `validated on AWS: localstack, ${test}`;
export const LS_V2_RESULT = localstack(
  'TestHttpApiAwsProxyIntegration, test_aws_proxy_response_payload_format_validation_v2',
);
export const LS_V2_BASE64 = localstack('TestHttpApiAwsProxyIntegration, test_lambda_handling_binary_data');
export const LS_V2_FORM = localstack('TestHttpApiAwsProxyIntegration, test_lambda_handling_form_urlencoded_data');
export const LS_V2_CRASH = localstack('TestHttpApiAwsProxyIntegration, test_aws_proxy_lambda_runtime_exception');
/** Content types whose bodies are text, and content types whose bodies are base64. */
export const MS_BASE64 = 'verified on AWS: ministackorg/ministack, pull request 766';
export const LS_V1_EVENT = localstack('test_apigateway_lambda.snapshot.json, test_lambda_aws_proxy_integration');
export const LS_V1_RESULT = localstack('test_apigateway_lambda.py, test_aws_proxy_response_payload_format_validation');
export const LS_VALIDATOR = localstack('test_apigateway_common.snapshot.json, test_api_gateway_request_validator');

/** The request "invocation-hardcoded" of the snapshot. */
export const LS_V1_SLASHES = localstack('test_apigateway_lambda.snapshot.json, test_lambda_aws_proxy_integration');
/** A regional API: the entry [AWS_PROXY] of the snapshot. */
export const LS_V1_HEADERS = localstack(
  'test_apigateway_integrations.snapshot.json, test_apigateway_header_remapping_aws',
);
/** A body is text when its content type is not a binary media type, even if the bytes are not valid text. */
export const MS_V1_BASE64 = 'verified on AWS: ministackorg/ministack, pull request 767';
export const SAM_SLASH = 'said by AWS: aws/aws-sam-cli, pull request 1495';
/** AWS answered 400. REST_NOTES says that these characters are not supported. */
export const PIPE = 'seen on AWS: nestjsx/crud, issue 255 (|), and yezyilomo/django-restql, issue 279 ({})';
/** Seen with a Lambda proxy integration. REST_NOTES lists the headers. */
export const REMAPPED = 'seen on AWS: dherault/serverless-offline, issue 236';

/** The recording has response headers and no body. */
export const RECORDED_STAGE = 'recorded: curl -I without the stage /v1';

/** The trace header is on responses of an integration, not on the gateway's error responses. */
export const LS_V1_TRACE = 'said by localstack: apigateway next_gen, set_default_response_headers';

/** Events recorded from AWS. */
export const POWERTOOLS_V2 =
  'recorded: Powertools for AWS Lambda (TypeScript), packages/parser/tests/events/apigw-http/no-auth.json';
export const POWERTOOLS_V1 =
  'recorded: Powertools for AWS Lambda (TypeScript), packages/parser/tests/events/apigw-rest/no-auth.json';

const powertools = (file: string) =>
  `recorded: Powertools for AWS Lambda (TypeScript), packages/parser/tests/events/${file}`;
export const POWERTOOLS_V2_AUTHORIZER = powertools('apigw-http/authorizer-request.json');
export const POWERTOOLS_V2_AUTHORIZED = powertools('apigw-http/lambda-authorizer-auth.json');
export const POWERTOOLS_V1_TOKEN = powertools('apigw-rest/authorizer-token.json');
export const POWERTOOLS_V1_REQUEST = powertools('apigw-rest/authorizer-request.json');
export const POWERTOOLS_V1_AUTHORIZED = powertools('apigw-rest/lambda-authorizer-auth.json');
export const POWERTOOLS_V2_IAM = powertools('apigw-http/iam-auth.json');
export const POWERTOOLS_V1_IAM = powertools('apigw-rest/iam-auth.json');
export const POWERTOOLS_V1_COGNITO = powertools('apigw-rest/jwt-authorizer-auth.json');

/** The pages also have the body. Both were read in 2026. */
export const JWT_HEADERS = 'recorded: probes of an HTTP API with a JWT authorizer in the runbook of api.webbpulse.com';
/** 500 with a null message. The error type is in serverless/examples, issue 305. */
export const AUTHORIZER_ERROR = 'seen on AWS: auth0-samples/jwt-rsa-aws-custom-authorizer, pull request 6';
/** The body has `Message`, and since 2025 the end "in an identity-based policy". */
export const ACCESS_DENIED = 'seen on AWS: aws/aws-cdk, integ.token-authorizer.ts';
/** A header that is no signature, and the error IncompleteSignatureException. */
export const INCOMPLETE_SIGNATURE =
  'seen on AWS: amazon-archives/aws-cognito-angular-quickstart, issue 50, and serverless/serverless, issue 3205';
export const COGNITO_TOKENS = 'AWS re:Post, knowledge center, api-gateway-cognito-401-unauthorized';
export const CDK_CORS = 'written by aws/aws-cdk, aws-apigateway, addCorsPreflight with several origins';
