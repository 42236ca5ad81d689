/** Lists the resources in the account whose names start with the prefix of this run. */
import {
  APIGatewayClient,
  GetApiKeysCommand,
  GetRestApisCommand,
  GetUsagePlansCommand,
} from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListPoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { clientOptions } from './clients';

type Names = readonly (string | undefined)[];

/** Reads all pages of a list. A busy account has several pages. */
async function allPages(
  page: (token: string | undefined) => Promise<{ names: Names; next: string | undefined }>,
): Promise<string[]> {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const { names, next } = await page(token);
    found.push(...names.filter((name) => name !== undefined));
    token = next;
  } while (token);
  return found;
}

export class Inventory {
  private readonly lists: Readonly<Record<string, () => Promise<string[]>>>;

  constructor(private readonly prefix: string) {
    const options = clientOptions();
    const [dynamodb, lambda, iam] = [new DynamoDBClient(options), new LambdaClient(options), new IAMClient(options)];
    const [http, rest] = [new ApiGatewayV2Client(options), new APIGatewayClient(options)];
    const logs = new CloudWatchLogsClient(options);
    this.lists = {
      table: () =>
        allPages(async (ExclusiveStartTableName) => {
          const page = await dynamodb.send(new ListTablesCommand({ ExclusiveStartTableName }));
          return { names: page.TableNames ?? [], next: page.LastEvaluatedTableName };
        }),
      function: () =>
        allPages(async (Marker) => {
          const page = await lambda.send(new ListFunctionsCommand({ Marker }));
          return { names: (page.Functions ?? []).map(({ FunctionName }) => FunctionName), next: page.NextMarker };
        }),
      role: () =>
        allPages(async (Marker) => {
          const page = await iam.send(new ListRolesCommand({ Marker }));
          return { names: (page.Roles ?? []).map(({ RoleName }) => RoleName), next: page.Marker };
        }),
      policy: () =>
        allPages(async (Marker) => {
          const page = await iam.send(new ListPoliciesCommand({ Scope: 'Local', Marker }));
          return { names: (page.Policies ?? []).map(({ PolicyName }) => PolicyName), next: page.Marker };
        }),
      'HTTP API': () =>
        allPages(async (NextToken) => {
          const page = await http.send(new GetApisCommand({ NextToken }));
          return { names: (page.Items ?? []).map(({ Name }) => Name), next: page.NextToken };
        }),
      'REST API': () =>
        allPages(async (position) => {
          const page = await rest.send(new GetRestApisCommand({ position }));
          return { names: (page.items ?? []).map(({ name }) => name), next: page.position };
        }),
      'API key': () =>
        allPages(async (position) => {
          const page = await rest.send(new GetApiKeysCommand({ position }));
          return { names: (page.items ?? []).map(({ name }) => name), next: page.position };
        }),
      'usage plan': () =>
        allPages(async (position) => {
          const page = await rest.send(new GetUsagePlansCommand({ position }));
          return { names: (page.items ?? []).map(({ name }) => name), next: page.position };
        }),
      'log group': () =>
        allPages(async (nextToken) => {
          const page = await logs.send(new DescribeLogGroupsCommand({ nextToken }));
          // `/aws/lambda/NAME`, `/aws/vendedlogs/apigateway/NAME`.
          return {
            names: (page.logGroups ?? []).map(({ logGroupName }) => logGroupName?.split('/').at(-1)),
            next: page.nextToken,
          };
        }),
    };
  }

  /** The names by kind. Kinds without resources are left out. */
  async read(): Promise<Record<string, string[]>> {
    const entries = await Promise.all(
      Object.entries(this.lists).map(async ([kind, list]) => {
        const names = (await list()).filter((name) => name.startsWith(`${this.prefix}-`)).sort();
        return [kind, names] as const;
      }),
    );
    return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
  }
}

/** The kind of each Terraform resource type in the inventory. */
const KINDS: Readonly<Record<string, string>> = {
  aws_api_gateway_api_key: 'API key',
  aws_api_gateway_rest_api: 'REST API',
  aws_api_gateway_usage_plan: 'usage plan',
  aws_apigatewayv2_api: 'HTTP API',
  aws_cloudwatch_log_group: 'log group',
  aws_dynamodb_table: 'table',
  aws_iam_role: 'role',
  aws_lambda_function: 'function',
};

/** Returns the sorted kinds that the inventory of a deployment has. @param types the Terraform types of its resources */
export function inventoryKinds(types: readonly string[]): string[] {
  return [...new Set(types.flatMap((type) => KINDS[type] ?? []))].sort();
}

/** Whether the stack `state` has the resource, which `npm run bootstrap` creates and destroys. */
export function isOfPipeline(name: string): boolean {
  return /-cdktf-serverless-crud-(plan|deploy|boundary|features|logs)-[a-z0-9-]+$/.test(name);
}

/** The keys of all objects in a bucket. */
export async function objectKeys(client: S3Client, bucket: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket })) {
    found.push(...Contents.map(({ Key = '' }) => Key));
  }
  return found;
}
