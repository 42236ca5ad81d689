/** Validation of bodies by a REST API: all methods share a validator, and each has a model with its schema. */
import { ApiGatewayModel } from '@cdktf/provider-aws/lib/api-gateway-model';
import { ApiGatewayRequestValidator } from '@cdktf/provider-aws/lib/api-gateway-request-validator';
import { Construct } from 'constructs';
import { literal } from './literal';
import { named } from './named';
import { nameHash, shortName } from './short-name';

export interface BodyValidationProps {
  /** Terraform name of the validator. */
  readonly name: string;
  readonly restApiId: string;
}

export class BodyValidation extends Construct {
  private validator: ApiGatewayRequestValidator | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BodyValidationProps,
  ) {
    super(scope, id);
  }

  /** Returns the settings of a method. @param route name of the route @param schema JSON Schema (draft 4) of its body */
  settingsOf(route: string, schema: object) {
    const { restApiId, name } = this.props;
    this.validator ??= named(
      new ApiGatewayRequestValidator(this, 'validator', { restApiId, name: 'body', validateRequestBody: true }),
      name,
    );
    const model = new ApiGatewayModel(this, `model ${route}`, {
      restApiId,
      name: modelName(route),
      contentType: 'application/json',
      schema: literal(JSON.stringify({ $schema: 'http://json-schema.org/draft-04/schema#', ...schema })),
    });
    return {
      requestValidatorId: this.validator.id,
      requestModels: { 'application/json': named(model, route).name },
    };
  }
}

/** This project's own maximum, as API Gateway documents none. The end of a longer name becomes a hash. */
const MAX_MODEL_NAME_CHARACTERS = 128;

/**
 * Makes the name of a model, which must be alphanumeric: `post_items` becomes `postItems`. `post_v_1` and `post_v1` would both
 * become `postV1`, so a name with an underscore before a digit gets a hash.
 */
function modelName(route: string): string {
  const name = route.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return shortName(/_\d/.test(route) ? name + nameHash(route) : name, MAX_MODEL_NAME_CHARACTERS, '');
}
