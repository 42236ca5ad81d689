/** Validates roles, policies and their attachments: `aws_iam_*`. */
import { arn, between, jsonPolicy, matching, type Validator } from '../../provider/checks';

const NAME = matching(/^[\w+=,.@-]*$/, String.raw`must match [\w+=,.@-]`);

export const IAM_VALIDATORS: Readonly<Record<string, Validator>> = {
  aws_iam_role: {
    rules: {
      name: NAME,
      assume_role_policy: jsonPolicy,
      max_session_duration: between(3600, 43_200),
      permissions_boundary: arn,
      inline_policy: { name: NAME, policy: jsonPolicy },
    },
  },
  aws_iam_policy: { rules: { name: NAME, policy: jsonPolicy } },
  aws_iam_role_policy: { rules: { name: NAME, policy: jsonPolicy } },
  aws_iam_role_policy_attachment: { rules: { policy_arn: arn } },
};
