/** Options of the suite's own clients. */

/** Part of the user agent of the suite's clients. The recorder leaves their calls out. */
export const SUITE_AGENT = 'e2e-suite';

/** Options for a client in the region of the suite. */
export function clientOptions(): { readonly region: string; readonly customUserAgent: string } {
  return { region: process.env['AWS_REGION'] ?? '', customUserAgent: SUITE_AGENT };
}
