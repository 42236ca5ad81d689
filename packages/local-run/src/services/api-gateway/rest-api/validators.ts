/** The request validators of a REST API: bodies that a route's model does not allow. */
import { createRequire } from 'node:module';
import type * as Ajv from 'ajv';
import type { RestRouteDeployment } from '../../../model/deployment';
import { type GatewayRequest, headerPairs } from '../request';

const load = createRequire(__filename);

export class RequestValidators {
  private readonly validators = new Map<RestRouteDeployment, Ajv.ValidateFunction>();

  constructor(routes: readonly RestRouteDeployment[]) {
    const modelled = routes.filter(({ bodySchema }) => bodySchema);
    if (modelled.length === 0) return;
    // Loading it takes longer than starting a server, and most APIs have no models.
    const { default: Validator } = load('ajv') as typeof Ajv;
    const ajv = new Validator({ strict: false, validateSchema: false });
    for (const route of modelled) {
      // Draft 4, which Ajv does not know by its name; what is used of it has not changed since.
      const { $schema: _, ...schema } = route.bodySchema as Record<string, unknown>;
      this.validators.set(route, ajv.compile(schema));
    }
  }

  /** Whether the route has a model, and the body is not as it says. */
  refuse(route: RestRouteDeployment, request: Pick<GatewayRequest, 'rawHeaders'>, body: Buffer): boolean {
    const validate = this.validators.get(route);
    return validate !== undefined && isJson(request) && !isValid(validate, body);
  }
}

/** The model is for `application/json`, which is also what API Gateway takes a missing type for; others pass unseen. */
function isJson({ rawHeaders }: Pick<GatewayRequest, 'rawHeaders'>): boolean {
  const [, type = 'application/json'] = headerPairs(rawHeaders).find(([name]) => name === 'content-type') ?? [];
  return type.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

function isValid(validate: Ajv.ValidateFunction, body: Buffer): boolean {
  try {
    return validate(JSON.parse(body.toString()));
  } catch {
    return false;
  }
}
