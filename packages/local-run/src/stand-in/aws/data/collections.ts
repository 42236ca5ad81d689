/** Data sources that list or look up what exists in the account. Nothing exists, so their answers are made up. */
import type { ReadData } from '../../provider/provider';

export const COLLECTION_DATA: Readonly<Record<string, ReadData>> = {
  aws_availability_zones: (_config, { region }) => ({
    ...{ id: region, group_names: [region], names: ['a', 'b', 'c'].map((zone) => region + zone) },
    zone_ids: [1, 2, 3].map((zone) => `${shortRegion(region)}-az${zone}`),
  }),
  aws_cognito_user_pools: ({ name }, generator) => {
    const id = `${generator.region}_${generator.token('pool', 9)}`;
    return { id: name, ids: [id], arns: [generator.arn('cognito-idp', `userpool/${id}`)] };
  },
  aws_subnets: (_config, generator) => ({
    ...{ id: generator.region, ids: ['a', 'b', 'c'].map((zone) => `subnet-0${generator.hex(zone, 16)}`) },
  }),
  aws_security_groups: (_config, generator) => ({ ids: [`sg-0${generator.hex('sg', 16)}`], arns: [], vpc_ids: [] }),
  aws_vpcs: (_config, generator) => ({ ids: [`vpc-0${generator.hex('vpc', 16)}`] }),
  aws_secretsmanager_secret_version: ({ secret_id: secret }, generator) => ({
    ...{ id: `${String(secret)}|AWSCURRENT`, arn: secret, version_id: generator.uuid('version'), secret_string: '{}' },
    ...{ secret_binary: '', version_stage: 'AWSCURRENT', version_stages: ['AWSCURRENT'] },
  }),
  aws_ssm_parameters_by_path: ({ path }) => ({ id: path, arns: [], names: [], types: [], values: [] }),
  aws_ecr_image: ({ repository_name: name, image_tag: tag }, generator) => {
    const digest = `sha256:${generator.hex('digest', 64)}`;
    const repository = `${generator.account}.dkr.ecr.${generator.region}.${generator.domain}/${String(name)}`;
    return { id: digest, image_digest: digest, image_tags: [tag ?? 'latest'], image_uri: `${repository}@${digest}` };
  },
};

/** `use1` for `us-east-1`, as the ids of availability zones begin. */
function shortRegion(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-');
  return area + direction.replace(/(north|south|east|west|central)/g, (word) => word.charAt(0)) + number;
}
