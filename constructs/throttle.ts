/** Limits of API Gateway for a stage or a route. */

/** The largest limits of a new account ("Amazon API Gateway quotas"), in requests a second and in requests. */
export const MAX_RATE = 10_000;
export const MAX_BURST = 5_000;

export interface Throttle {
  /** Sustained rate, in requests a second. API Gateway answers 429 to requests above it. */
  readonly rate: number;
  /** Requests that may exceed the rate for a short time: the capacity of the throttle's token bucket. */
  readonly burst: number;
}

/** Writes both limits as Terraform does. API Gateway takes a missing limit of an HTTP API as 0, and answers 429 to all requests. */
export function throttleSettings({ rate, burst }: Throttle) {
  return { throttlingRateLimit: rate, throttlingBurstLimit: burst };
}

/** Returns a throttle with at most the rate and the burst of another one. */
export function limitThrottle(throttle: Throttle | undefined, max: Throttle | undefined): Throttle | undefined {
  if (!throttle || !max) return throttle;
  return { rate: Math.min(throttle.rate, max.rate), burst: Math.min(throttle.burst, max.burst) };
}
