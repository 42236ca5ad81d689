/** Tells layers of other accounts apart by their ARNs. */

/** Layers that observe a function and change none of its responses: Lambda Insights, and the ADOT and X-Ray layers of AWS. */
const INERT_LAYERS = /^(LambdaInsightsExtension.*|aws-otel-.*|AWSOpenTelemetryDistro.*|AWS-?XRay.*)$/i;

/** The name in an ARN such as `arn:aws:lambda:us-east-1:580247275435:layer:LambdaInsightsExtension:53`. */
export function layerNameOf(arn: string): string {
  return arn.split(':')[6] ?? arn;
}

export function isInertLayer(arn: string): boolean {
  return INERT_LAYERS.test(layerNameOf(arn));
}
