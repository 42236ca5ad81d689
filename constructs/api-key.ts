/** An API key and its usage plan. AWS generates the value of the key. */
import { ApiGatewayApiKey } from '@cdktf/provider-aws/lib/api-gateway-api-key';
import { ApiGatewayUsagePlan } from '@cdktf/provider-aws/lib/api-gateway-usage-plan';
import { ApiGatewayUsagePlanKey } from '@cdktf/provider-aws/lib/api-gateway-usage-plan-key';
import { Construct } from 'constructs';
import { named } from './named';
import type { RestApi } from './rest-api';

export interface ApiKeyProps {
  readonly name: string;
  readonly usagePlanName: string;
  /** An API with methods that require an API key. */
  readonly api: RestApi;
  /** Sustained limit of the key, in requests a second. API Gateway answers 429 to requests above it. */
  readonly throttleRate: number;
  /** Requests that may exceed the rate for a short time: the capacity of the throttle's token bucket. */
  readonly throttleBurst: number;
}

export class ApiKey extends Construct {
  private readonly resource: ApiGatewayApiKey;

  constructor(scope: Construct, id: string, props: ApiKeyProps) {
    super(scope, id);
    this.resource = named(new ApiGatewayApiKey(this, 'key', { name: props.name }), id);
    const plan = new ApiGatewayUsagePlan(this, 'usage-plan', {
      name: props.usagePlanName,
      apiStages: [{ apiId: props.api.resource.id, stage: props.api.stage.stageName }],
      throttleSettings: { rateLimit: props.throttleRate, burstLimit: props.throttleBurst },
    });
    const link = new ApiGatewayUsagePlanKey(this, 'usage-plan-key', {
      keyId: this.resource.id,
      keyType: 'API_KEY',
      usagePlanId: named(plan, id).id,
    });
    named(link, id);
  }

  /** The generated value. Mark outputs that contain it as sensitive. */
  get value(): string {
    return this.resource.value;
  }
}
