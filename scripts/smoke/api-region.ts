/**
 * Returns the region of an API, which a signature must name.
 * @param url at `ID.execute-api.REGION.amazonaws.com`, or at a custom domain name, which does not name its region
 * @throws Error when neither the URL nor the environment names a region
 */
export function apiRegion(url: string): string {
  const { hostname } = new URL(url);
  const [, named] = /\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(hostname) ?? [];
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const region = [named, AWS_REGION, AWS_DEFAULT_REGION].find((name) => name !== undefined && name !== '');
  if (region !== undefined) return region;
  throw new Error(`the region of ${hostname} is unknown, so the request cannot be signed. Set AWS_REGION.`);
}
