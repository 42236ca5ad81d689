/** The evaluated parts of a stack, and how they depend on each other. */
import type { NotSimulated } from '../../model/not-simulated';
import type { Attributes } from './resource';

/** The address of the AWS provider. */
export const PROVIDER = 'provider.aws';

/** A resource, data source, output or provider. */
export interface Node {
  readonly address: string;
  /** `aws_lambda_function`, or `data.aws_region`. */
  readonly type: string;
  /** Whether the local run simulates the type. */
  readonly isSimulated: boolean;
  /** Configured and computed attributes. */
  attributes: Attributes;
  /** The attributes that the configuration sets, as far as the local run uses them. */
  configured: Attributes;
  /** What the local run does not simulate of this resource itself. */
  readonly causes: NotSimulated[];
  /** Addresses of the resources that it refers to. */
  readonly references: Set<string>;
}

export function newNode(address: string, type: string, isSimulated: boolean): Node {
  return { address, type, isSimulated, attributes: {}, configured: {}, causes: [], references: new Set() };
}

/** An attribute that names a resource of another type by its id, name or ARN. */
interface Link {
  readonly attribute: string;
  readonly to: string;
}

/** Resources that change another resource, which does not refer to them, by their type. */
export const ATTACHED_TYPES: Readonly<Record<string, Link>> = {
  aws_api_gateway_gateway_response: { attribute: 'rest_api_id', to: 'aws_api_gateway_rest_api' },
  aws_api_gateway_rest_api_policy: { attribute: 'rest_api_id', to: 'aws_api_gateway_rest_api' },
  aws_api_gateway_stage: { attribute: 'rest_api_id', to: 'aws_api_gateway_rest_api' },
  aws_apigatewayv2_stage: { attribute: 'api_id', to: 'aws_apigatewayv2_api' },
  aws_dynamodb_resource_policy: { attribute: 'resource_arn', to: 'aws_dynamodb_table' },
  aws_dynamodb_table_item: { attribute: 'table_name', to: 'aws_dynamodb_table' },
  aws_iam_policy_attachment: { attribute: 'roles', to: 'aws_iam_role' },
  aws_iam_role_policies_exclusive: { attribute: 'role_name', to: 'aws_iam_role' },
  aws_iam_role_policy: { attribute: 'role', to: 'aws_iam_role' },
  aws_iam_role_policy_attachment: { attribute: 'role', to: 'aws_iam_role' },
  aws_iam_role_policy_attachments_exclusive: { attribute: 'role_name', to: 'aws_iam_role' },
};

/** Resources that depend on another resource of the stack, even if they name it without a reference. */
export const LINKED_TYPES: Readonly<Record<string, Link>> = {
  aws_lambda_alias: { attribute: 'function_name', to: 'aws_lambda_function' },
  aws_lambda_function: { attribute: 'role', to: 'aws_iam_role' },
  aws_lambda_function_url: { attribute: 'function_name', to: 'aws_lambda_function' },
};
