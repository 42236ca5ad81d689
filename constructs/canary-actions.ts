/** What CodeDeploy's role may do (AWS managed policy reference, "AWSCodeDeployRoleForLambdaLimited"). */

/** Actions on the functions whose alias CodeDeploy moves. */
export const CANARY_FUNCTION_ACTIONS = [
  ...['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
];

/** Actions on all alarms, as in the managed policy. */
export const CANARY_ALARM_ACTIONS = ['cloudwatch:DescribeAlarms'];
