/** The AWS account id in the ARNs and events of the local run. */
export const ACCOUNT_ID = '000000000000';
