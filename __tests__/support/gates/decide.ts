/** The decision of the authorizers of these tests: the session `ada-session` belongs to Ada. */
import type { Authorize } from '../../../function/http/authorizer';

export const decide: Authorize = ({ headers }) => {
  const [, sub] = /^([a-z]+)-session$/.exec(headers['x-session'] ?? '') ?? [];
  return sub === undefined ? undefined : { sub };
};
