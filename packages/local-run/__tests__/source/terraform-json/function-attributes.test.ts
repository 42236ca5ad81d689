/** The attributes of functions in the provider's schema that the local run neither simulates nor leaves out. */
import { attributesWithoutRule } from '../../support/provider-schema';

test.each<[string, readonly string[]]>([
  ['aws_lambda_function', ['file_system_config']],
  ['aws_lambda_alias', ['routing_config']],
  ['aws_lambda_layer_version', []],
  ['aws_lambda_function_url', []],
  ['aws_lambda_permission', []],
  ['aws_s3_object', []],
  ['aws_s3_bucket_object', []],
  ['aws_s3_bucket', []],
])('%s: routes answer 501 because of %j only', (type, decisive) => {
  expect(attributesWithoutRule(type)).toEqual(decisive);
});
