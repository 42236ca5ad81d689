/** The validators of the simulated resources, by type. They refuse what version 5.100.0 of the AWS provider refuses. */
import type { Validator } from '../../provider/checks';
import { DYNAMODB_TABLE } from './dynamodb-table';
import { HTTP_API_VALIDATORS } from './http-api';
import { IAM_VALIDATORS } from './iam';
import { LAMBDA_FUNCTION_URL, LAMBDA_LAYER_VERSION, LAMBDA_PERMISSION } from './lambda-access';
import { LAMBDA_FUNCTION } from './lambda-function';
import { REST_API_VALIDATORS } from './rest-api';

export const VALIDATORS: Readonly<Record<string, Validator>> = {
  ...HTTP_API_VALIDATORS,
  ...REST_API_VALIDATORS,
  ...IAM_VALIDATORS,
  aws_lambda_function: LAMBDA_FUNCTION,
  aws_lambda_function_url: LAMBDA_FUNCTION_URL,
  aws_lambda_layer_version: LAMBDA_LAYER_VERSION,
  aws_lambda_permission: LAMBDA_PERMISSION,
  aws_dynamodb_table: DYNAMODB_TABLE,
};
