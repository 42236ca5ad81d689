/** Makes attacks that show a secret. The review must notice another secret, and no output may contain a secret. */
import { type Attack, planOf, type PlanParts } from '../build';

export const SECRET = 'Zq7-vonLindwurm-93xK';
const OTHER_SECRET = 'Hb2-kaltwasser-58uT';

/** The output that marks the secret. */
export const markedOutput = (secret: string) => {
  const same = { before: secret, after: secret, after_unknown: false };
  return { output_changes: { token: { actions: ['no-op'], ...same, before_sensitive: true, after_sensitive: true } } };
};

/** People reviewed the plan with another secret. */
export function secretIn(hides: string, parts: (secret: string) => PlanParts, shows?: RegExp, secret = SECRET): Attack {
  return {
    hides,
    reviewed: planOf({ ...markedOutput(OTHER_SECRET), ...parts(OTHER_SECRET) }),
    plan: planOf({ ...markedOutput(secret), ...parts(secret) }),
    secrets: [secret, OTHER_SECRET],
    ...(shows && { shows }),
  };
}
