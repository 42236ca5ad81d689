/** How a REST API reads the path of a request line. The path stays URL-encoded. */

/**
 * Removes the stage, which is the first segment. Several slashes after it become one (recorded from AWS: localstack,
 * test_lambda_aws_proxy_integration, "invocation-hardcoded").
 * @returns undefined when the path does not begin with the stage
 */
export function withoutStage(rawPath: string, stage: string): string | undefined {
  if (rawPath === `/${stage}`) return '/';
  return rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1).replace(/^\/\/+/, '/') : undefined;
}

/**
 * The path for the search of a route: `/pets/` is served by the method of `/pets` (aws/aws-sam-cli, pull request 1495). A
 * greedy variable lacks the slash too, though `path` in the event keeps it (recorded from AWS: localstack,
 * test_lambda_aws_proxy_integration).
 */
export function withoutTrailingSlash(path: string): string {
  // No regular expression: on a long run of slashes that are not at the end, it would take quadratic time.
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
