/** An API key whose value AWS generates, and the usage plan that it is good for. */
import { ApiGatewayApiKey } from '@cdktf/provider-aws/lib/api-gateway-api-key';
import { ApiGatewayUsagePlan } from '@cdktf/provider-aws/lib/api-gateway-usage-plan';
import { ApiGatewayUsagePlanKey } from '@cdktf/provider-aws/lib/api-gateway-usage-plan-key';
import { Construct } from 'constructs';
import { named } from './named';
import type { RestApi } from './rest-api';

export interface ApiKeyProps {
  readonly name: string;
  readonly usagePlanName: string;
  /** The API, with `apiKeyRequired`, that the key opens. */
  readonly api: RestApi;
  /** Requests a second that the key is good for in the long run. */
  readonly throttleRate: number;
  /** Requests at once, on top of the rate, before 429. */
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

  /** The generated value; outputs that show it must be sensitive. */
  get value(): string {
    return this.resource.value;
  }
}
