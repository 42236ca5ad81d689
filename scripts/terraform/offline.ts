/** Arguments with which the AWS provider plans without an AWS account and without the network. */
export const OFFLINE_PROVIDER = {
  access_key: 'none',
  secret_key: 'none',
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: 'true',
} as const;
