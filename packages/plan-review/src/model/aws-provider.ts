/** Recognizes HashiCorp's AWS provider. */

/** Whether the provider is HashiCorp's AWS provider, from the registry of Terraform or OpenTofu. @param source full name of the provider */
export function isAwsProvider(source: string): boolean {
  return /^registry\.(terraform\.io|opentofu\.org)\/hashicorp\/aws$/.test(source);
}
