/** An API key whose value AWS generates, with its usage plan. */
import { ApiGatewayApiKey } from '@cdktf/provider-aws/lib/api-gateway-api-key';
import { ApiGatewayUsagePlan } from '@cdktf/provider-aws/lib/api-gateway-usage-plan';
import { ApiGatewayUsagePlanKey } from '@cdktf/provider-aws/lib/api-gateway-usage-plan-key';
import { Construct } from 'constructs';
import { named } from './named';
import type { RestApi } from './rest-api';

export interface ApiKeyProps {
  readonly name: string;
  readonly usagePlanName: string;
  /** An API with `apiKeyRequired`. */
  readonly api: RestApi;
  /** Sustained limit of the key, in requests a second. Above it callers get 429. */
  readonly throttleRate: number;
  /** Number of concurrent requests that may exceed the rate for a short time. */
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
