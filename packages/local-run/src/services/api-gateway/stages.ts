/** An API with several stages: the first segment of a path selects the gateway of its stage. */
import type { Gateway, Outcome } from './gateway';
import type { GatewayRequest } from './request';

const DEFAULT_STAGE = '$default';

/** The status of parts that the local run does not simulate. */
const NOT_IMPLEMENTED = 501;

export class StagedGateway implements Gateway {
  readonly requestIdHeader: string;

  /**
   * @param first the gateway of a stage that exists
   * @param gateways the gateways of all stages, by stage
   */
  constructor(
    private readonly first: Gateway,
    private readonly gateways: ReadonlyMap<string, Gateway>,
  ) {
    this.requestIdHeader = first.requestIdHeader;
  }

  newRequestId(): string {
    return this.first.newRequestId();
  }

  async handle(request: GatewayRequest): Promise<Outcome> {
    const [, segment = ''] = request.rawPath.split('/', 2);
    const gateway = this.gateways.get(segment) ?? this.gateways.get(DEFAULT_STAGE);
    if (gateway) return gateway.handle(request);
    // Any gateway knows the error for a path without its stage. Its reason names its own stage only.
    const outcome = await this.first.handle(request);
    if (outcome.response.status === NOT_IMPLEMENTED) return outcome;
    const paths = [...this.gateways.keys()].map((stage) => `/${stage}/`);
    return { ...outcome, reason: `the path does not begin with a stage: ${paths.join(', ')}` };
  }
}
