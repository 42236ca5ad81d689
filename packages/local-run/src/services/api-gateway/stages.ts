/** An API with several stages: the first segment of a path selects the gateway of its stage. */
import type { Gateway, Outcome } from './gateway';
import type { GatewayRequest } from './request';

const DEFAULT_STAGE = '$default';

export class StagedGateway implements Gateway {
  readonly requestIdHeader: string;

  private readonly fallback: Gateway;

  /**
   * @param first the gateway of a stage that exists
   * @param gateways the gateways of all stages, by stage
   */
  constructor(
    private readonly first: Gateway,
    private readonly gateways: ReadonlyMap<string, Gateway>,
  ) {
    this.requestIdHeader = first.requestIdHeader;
    // Without a $default stage, any gateway knows the error for a path without its stage.
    this.fallback = gateways.get(DEFAULT_STAGE) ?? first;
  }

  newRequestId(): string {
    return this.first.newRequestId();
  }

  handle(request: GatewayRequest): Promise<Outcome> {
    const [, segment = ''] = request.rawPath.split('/', 2);
    return (this.gateways.get(segment) ?? this.fallback).handle(request);
  }
}
