/** The request validators of a REST API, which refuse bodies that violate a route's model. */
import { createRequire } from 'node:module';
import type * as Ajv from 'ajv';
import type { RestRouteDeployment } from '../../../model/deployment';
import { type GatewayRequest, headerValue } from '../request';

const requireModule = createRequire(__filename);

export class RequestValidators {
  private readonly validators = new Map<RestRouteDeployment, Ajv.ValidateFunction>();

  constructor(routes: readonly RestRouteDeployment[]) {
    const routesWithModel = routes.filter(({ bodySchema }) => bodySchema);
    if (routesWithModel.length === 0) return;
    // Loads Ajv on first use: loading takes longer than starting a server, and most APIs have no models.
    const { default: Validator } = requireModule('ajv') as typeof Ajv;
    for (const route of routesWithModel) {
      // An instance for each route: the schemas of two routes can contain the same model, which Ajv accepts only once.
      const ajv = new Validator({ strict: false, validateSchema: false, meta: false, logger: false });
      this.validators.set(route, ajv.compile(fromDraft4(route.bodySchema) as object));
    }
  }

  /** Whether the route has a model that the body violates. */
  isViolated(route: RestRouteDeployment, request: GatewayRequest): boolean {
    const validate = this.validators.get(route);
    return validate !== undefined && isJson(request) && !isValid(validate, request.body);
  }
}

/** The model applies to `application/json`, which is also the default. API Gateway does not validate other content types. */
function isJson({ rawHeaders }: Pick<GatewayRequest, 'rawHeaders'>): boolean {
  const type = headerValue(rawHeaders, 'content-type') ?? 'application/json';
  return type.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

function isValid(validate: Ajv.ValidateFunction, body: Buffer): boolean {
  try {
    return validate(JSON.parse(body.toString()));
  } catch {
    return false;
  }
}

/**
 * Models use JSON Schema draft 4, whose name Ajv does not know. Of its keywords only the exclusive bounds have changed since:
 * `minimum: 0, exclusiveMinimum: true` is now `exclusiveMinimum: 0`.
 */
function fromDraft4(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(fromDraft4);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $schema: _, ...keywords } = schema as Record<string, unknown>;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, id, nullable, ...others } = keywords;
  return {
    ...Object.fromEntries(Object.entries(others).map(([name, value]) => [name, fromDraft4(value)])),
    // As keywords, `id` is draft 4's name of `$id`, and `nullable` is OpenAPI's. Schemas with these names are properties.
    ...(typeof id === 'object' && { id: fromDraft4(id) }),
    ...(typeof nullable === 'object' && { nullable: fromDraft4(nullable) }),
    ...(minimum !== undefined && { [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(maximum !== undefined && { [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum }),
  };
}
