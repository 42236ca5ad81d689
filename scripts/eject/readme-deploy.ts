/** Writes the section of the README about the first deployment of the ejected folders. */
import type { Settings } from '../../stacks/settings';
import { backendFile } from './configuration';
import { type EjectedStack, STATE } from './ejected-stack';
import { isBlock } from './hcl';

/** Returns the section `First deployment` of the README. @param init the command that initializes a folder */
export function firstDeployment(stacks: readonly EjectedStack[], settings: Settings, init: string): string {
  const names = stacks.map(({ name }) => name).filter((name) => name !== STATE);
  const other = settings.environment === 'staging' ? 'test' : 'staging';
  const file = backendFile(other);
  const environments =
    settings.stateBucket === ''
      ? `

For a second environment, use another workspace, because two environments must not share a state:

\`\`\`sh
terraform workspace new ${other}
terraform apply -var environment=${other}
\`\`\``
      : `

For a second environment, copy \`${backendFile(settings.environment)}\` to \`${file}\`. Change \`key\` in the copy, because two
environments must not share a state. Then run:

\`\`\`sh
terraform init -reconfigure -backend-config=${file}
terraform apply -var environment=${other}
\`\`\``;
  const bucket = stacks.some(({ name }) => name === STATE)
    ? `

The folder \`${STATE}\` contains the bucket of all states. Deploy it first with a local state, then move this state into the bucket:

\`\`\`sh
cd ${STATE}
printf 'terraform {\\n  backend "local" {}\\n}\\n' > local_override.tf
terraform init
terraform apply
rm local_override.tf
${init} -migrate-state
\`\`\``
    : '';
  return `## First deployment

Run these commands in each folder: ${names.map((name) => `\`${name}\``).join(', ')}.

\`\`\`sh
${init}
terraform apply
\`\`\`

\`terraform destroy\` removes the resources of a folder.${bucket}${logRole(stacks, settings)}${environments}`;
}

/** Describes the role for access logs of REST APIs, unless a folder creates it. */
function logRole(stacks: readonly EjectedStack[], { region }: Settings): string {
  const withType = (type: string) =>
    stacks.filter(({ sections: { resource } }) => isBlock(resource) && type in resource).map(({ name }) => name);
  const restApis = withType('aws_api_gateway_stage');
  if (restApis.length === 0 || withType('aws_api_gateway_account').length > 0) return '';
  return `

In ${restApis.map((name) => `\`${name}\``).join(', ')}, a REST API writes access logs. API Gateway writes them with one role for each
region, which the settings of the account name. Without the role, AWS refuses the stages: "CloudWatch Logs role ARN must be set in account
settings". If \`aws apigateway get-account\` prints no \`cloudwatchRoleArn\`, create the role once:

\`\`\`sh
aws iam create-role --role-name apigateway-logs --assume-role-policy-document '{"Version":"2012-10-17",
  "Statement":[{"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
aws iam attach-role-policy --role-name apigateway-logs \\
  --policy-arn arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs
aws apigateway update-account --region ${region} --patch-operations \\
  op=replace,path=/cloudwatchRoleArn,value="$(aws iam get-role --role-name apigateway-logs --query Role.Arn --output text)"
\`\`\``;
}
