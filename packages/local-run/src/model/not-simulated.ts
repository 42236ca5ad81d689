/** Parts of the Terraform that the local run does not simulate, although they decide about responses. Their routes answer 501. */

export interface NotSimulated {
  /** `aws_lambda_function.function`, or `module.network`. */
  readonly address: string;
  /** `vpc_config`, or `environment.variables.QUEUE_URL`. Absent: the whole resource. */
  readonly attribute?: string;
  /** The unsupported value or expression. Absent: the local run supports no value. */
  readonly found?: string;
  /** Describes `found` if it is no value of the attribute: `a Deny in assume_role_policy`. */
  readonly problem?: string;
  /** What the local run supports in its place. */
  readonly supported: string;
  /** A clause in place of `... is not supported by the local run`: `the archive /app/build/f.zip does not exist`. */
  readonly fault?: string;
  /** Why AWS or Terraform refuses the configuration, with the address, without a period at the end. */
  readonly refused?: string;
  /** What to do about `fault` or `refused`, as a sentence. */
  readonly advice?: string;
}

/** Ends the reading of a route or an API. The route or the API then answers 501. */
export class NotSimulatedError extends Error {
  override readonly name = 'NotSimulatedError';

  constructor(readonly parts: readonly NotSimulated[]) {
    super(parts.map(notSimulatedText).join('\n'));
  }
}

/** @returns what to do about a part that is not simulated */
export function adviceOf({ address, attribute, found, supported, advice }: NotSimulated): string {
  if (advice !== undefined) return advice;
  if (found !== undefined) return `Supported: ${supported}.`;
  const remedy = attribute === undefined ? `Replace the references to ${address} by texts` : `Remove ${attribute}`;
  return `${remedy} for the local run, for example by a setting, or call other routes.`;
}

/** @returns `aws_lambda_function.function: vpc_config is not supported by the local run` */
export function notSimulatedText({ address, attribute, found, problem, fault, refused }: NotSimulated): string {
  if (refused !== undefined) return refused;
  if (fault !== undefined) return `${address}: ${fault}`;
  if (problem !== undefined) return `${address}: ${problem} is not supported by the local run`;
  const value = found === undefined ? '' : ` = ${found}`;
  return `${address}${attribute === undefined ? '' : `: ${attribute}${value}`} is not supported by the local run`;
}
