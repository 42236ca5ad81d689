/** Reads the throttles that settings give to the methods of a stage (aws_api_gateway_method_settings). */
import type { RestRouteDeployment, ThrottleDeployment } from '../../model/deployment';
import { DeploymentError } from '../../model/deployment-error';
import type { NotSimulated } from '../../model/not-simulated';
import type { Resource } from './resource';
import { ACCOUNT_THROTTLE, blockOf, numberOf, type Resources } from './resources';
import { isUnknown } from './unknown';

/** The path of settings for all methods that have none of their own. */
const ALL_METHODS = '*/*';

export class MethodSettings {
  private readonly settings: readonly Resource[];
  /** By method path: `pets/{id}/GET` for one method. */
  private readonly throttles: ReadonlyMap<unknown, ThrottleDeployment>;

  constructor(apiId: string, stage: string, resources: Resources) {
    this.settings = resources
      .where('aws_api_gateway_method_settings', 'rest_api_id', apiId)
      .filter(({ attributes: { stage_name: name } }) => name === stage || isUnknown(name));
    const known = this.settings.filter(({ causes }) => causes.length === 0);
    this.throttles = new Map(known.map((setting) => [settingsPath(setting), readThrottle(setting)]));
  }

  get stageThrottle(): ThrottleDeployment {
    return this.throttles.get(ALL_METHODS) ?? ACCOUNT_THROTTLE;
  }

  throttleOf(route: RestRouteDeployment): ThrottleDeployment | undefined {
    return this.throttles.get(methodPath(route));
  }

  /** What the local run does not simulate of the settings of a method. */
  causesOf(route: RestRouteDeployment): readonly NotSimulated[] {
    const concerning = this.settings.filter((setting) => {
      const path = settingsPath(setting);
      return isUnknown(path) || [methodPath(route), ALL_METHODS].includes(String(path));
    });
    return concerning.flatMap(({ causes }) => causes);
  }

  /** @throws DeploymentError for settings of a method that the API does not have */
  check(routes: readonly RestRouteDeployment[]): void {
    // A method whose path is unknown can be the method of any setting.
    if (routes.some(({ routeKey }) => routeKey === '$default')) return;
    for (const setting of this.settings) {
      const path = settingsPath(setting);
      if (isUnknown(path) || path === ALL_METHODS || routes.some((route) => methodPath(route) === path)) continue;
      const { address, attributes } = setting;
      throw new DeploymentError(
        `${address}: method_path = ${JSON.stringify(attributes['method_path'])} is not a method of this API. Use a path such as "~1pets~1{id}/GET", or "*/*" for all methods.`,
      );
    }
  }
}

/** The method of method settings, as `methodPath` returns it. Settings write `~1` for the slashes of its path. */
function settingsPath({ attributes: { method_path: path } }: Resource): unknown {
  return typeof path === 'string' ? path.replace(/^~1/, '').replaceAll('~1', '/') : path;
}

/** Names a method by its path without the first slash, and its verb: `pets/{id}/GET`. */
function methodPath({ routeKey }: RestRouteDeployment): string {
  const [verb = '', path = ''] = routeKey.split(' ');
  return `${path.slice(1)}/${verb}`;
}

function readThrottle(settings: Resource): ThrottleDeployment {
  const limits = blockOf(settings, 'settings');
  // -1, Terraform's default, sets no limit.
  const rate = numberOf(settings.address, limits, 'throttling_rate_limit', -1);
  const burst = numberOf(settings.address, limits, 'throttling_burst_limit', -1);
  return { rate: rate < 0 ? ACCOUNT_THROTTLE.rate : rate, burst: burst < 0 ? ACCOUNT_THROTTLE.burst : burst };
}
