/** What the rules of attributes cannot say about a simulated type. */
export const TYPE_NOTES: Readonly<Record<string, string>> = {
  aws_api_gateway_rest_api: 'A body can be OpenAPI 3.0 or Swagger 2.0, as JSON or YAML.',
  aws_apigatewayv2_api: 'A body can be OpenAPI 3.0, as JSON or YAML.',
  aws_cognito_user_pool: 'The local issuer of tokens stands in for the pool.',
  aws_dynamodb_table: 'See "Data" in the README for differences from DynamoDB.',
  aws_iam_policy:
    'Policies decide about calls to DynamoDB. Policy variables and some condition operators are decisive.',
  aws_iam_role: 'A `permissions_boundary` of another stack has no effect, and a line at the start says so.',
  aws_lambda_alias: 'An alias leads to the only version of the run.',
  aws_lambda_function:
    'Runtimes: Node.js. Functions of other runtimes and of container images answer 501. `vpc_config` changes no response.',
};
