/** API keys and their usage plan. AWS generates the values of the keys. */
import { ApiGatewayApiKey } from '@cdktf/provider-aws/lib/api-gateway-api-key';
import { ApiGatewayUsagePlan } from '@cdktf/provider-aws/lib/api-gateway-usage-plan';
import { ApiGatewayUsagePlanKey } from '@cdktf/provider-aws/lib/api-gateway-usage-plan-key';
import { Construct } from 'constructs';
import { named } from './named';
import type { RestApi } from './rest-api';

/** The key of an API whose keys were never rotated. Its resources have names without the key. */
export const FIRST_API_KEY = 'a';

export interface ApiKeysProps {
  /** The name of the key `a`. The other keys have this name, a hyphen and the key. */
  readonly name: string;
  /** The keys, from the oldest to the newest: one, or two during a rotation. @example ['a', 'b'] */
  readonly keys: readonly string[];
  readonly usagePlanName: string;
  /** An API with methods that require an API key. */
  readonly api: RestApi;
  /** Sustained limit of each key, in requests a second. API Gateway answers 429 to requests above it. */
  readonly throttleRate: number;
  /** Requests that may exceed the rate for a short time: the capacity of the throttle's token bucket. */
  readonly throttleBurst: number;
}

export class ApiKeys extends Construct {
  /** The generated value of the newest key. Mark outputs that contain it as sensitive. */
  readonly value: string;

  constructor(scope: Construct, id: string, props: ApiKeysProps) {
    super(scope, id);
    const plan = new ApiGatewayUsagePlan(this, 'usage-plan', {
      name: props.usagePlanName,
      apiStages: [{ apiId: props.api.resource.id, stage: props.api.stage.stageName }],
      throttleSettings: { rateLimit: props.throttleRate, burstLimit: props.throttleBurst },
    });
    const { id: usagePlanId } = named(plan, id);
    const keys = props.keys.map((key) => this.createKey(key, props.name, usagePlanId));
    const newest = keys.at(-1);
    if (!newest) throw new Error(`The usage plan ${props.usagePlanName} has no API key. Pass at least one key.`);
    this.value = newest.value;
  }

  private createKey(key: string, name: string, usagePlanId: string): ApiGatewayApiKey {
    const isFirst = key === FIRST_API_KEY;
    const [suffix, address] = isFirst ? ['', this.node.id] : [`-${key}`, `${this.node.id}_${key}`];
    const resource = named(new ApiGatewayApiKey(this, `key${suffix}`, { name: `${name}${suffix}` }), address);
    const link = new ApiGatewayUsagePlanKey(this, `usage-plan-key${suffix}`, {
      keyId: resource.id,
      keyType: 'API_KEY',
      usagePlanId,
    });
    named(link, address);
    return resource;
  }
}
