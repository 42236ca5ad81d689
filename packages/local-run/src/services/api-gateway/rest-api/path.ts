/** Reads the path of a request line as a REST API does. The path stays URL-encoded. */

/**
 * Removes the stage, which is the first segment. Several slashes after the stage become one slash (recorded from AWS: localstack,
 * test_lambda_aws_proxy_integration, "invocation-hardcoded").
 * @returns undefined when the path does not begin with the stage
 */
export function removeStage(rawPath: string, stage: string): string | undefined {
  if (rawPath === `/${stage}`) return '/';
  return rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1).replace(/^\/\/+/, '/') : undefined;
}

/**
 * Removes trailing slashes for route matching: the method of `/pets` serves `/pets/` (aws/aws-sam-cli, pull request 1495).
 * The value of a greedy variable has no trailing slash either. `path` in the event keeps the slash (recorded from AWS:
 * localstack, test_lambda_aws_proxy_integration).
 */
export function removeTrailingSlashes(path: string): string {
  // No regular expression: on a long run of slashes that are not at the end, it would take quadratic time.
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
