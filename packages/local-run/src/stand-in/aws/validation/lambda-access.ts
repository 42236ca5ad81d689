/** Validates `aws_lambda_permission`, `aws_lambda_function_url` and `aws_lambda_layer_version`. */
import { arn, matching, oneOf, type Validator } from '../../provider/checks';
import { FUNCTION_NAME, LATER_RUNTIMES, RUNTIMES } from './lambda-function';

export const LAMBDA_PERMISSION: Validator = {
  rules: {
    action: matching(/^(lambda:[*]|lambda:[A-Za-z]+|[*])$/, 'must be a valid action (usually starts with lambda:)'),
    function_name: FUNCTION_NAME,
    qualifier: matching(/^[\w$-]+$/, 'must contain alphanumeric, dollar signs, underscores or dashes only'),
    source_account: (value, { path }) =>
      /^\d{12}$/.test(String(value))
        ? undefined
        : `"${path}" doesn't look like AWS Account ID (exactly 12 digits): "${String(value)}"`,
    source_arn: arn,
    statement_id: matching(/^[\w-]+$/, 'must contain alphanumeric, underscores or dashes only'),
  },
};

export const LAMBDA_FUNCTION_URL: Validator = {
  rules: {
    authorization_type: oneOf(['NONE', 'AWS_IAM']),
    invoke_mode: oneOf(['BUFFERED', 'RESPONSE_STREAM']),
  },
};

export const LAMBDA_LAYER_VERSION: Validator = {
  rules: {
    compatible_runtimes: oneOf(RUNTIMES, LATER_RUNTIMES),
    compatible_architectures: oneOf(['x86_64', 'arm64']),
  },
};
