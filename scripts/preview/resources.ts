/**
 * Checks that the resources in a state belong to a preview. Code of the pull request writes the state, and Terraform deletes what the state
 * names: without this check, an administrator who destroys a preview could delete production.
 */
import {
  APIGatewayClient,
  GetApiKeyCommand,
  GetRestApiCommand,
  GetUsagePlanCommand,
} from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, GetApiCommand } from '@aws-sdk/client-apigatewayv2';
import { PREFIX_TAG, type Settings } from '../../stacks/settings';

export interface StateResource {
  readonly mode?: string;
  readonly type?: string;
  readonly name?: string;
  readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> | null }[];
}

type Tags = Readonly<Record<string, string>>;
export type ApiKind = 'api' | 'restApi' | 'apiKey' | 'usagePlan';

/** Reads the tags that a resource of API Gateway has in AWS. @returns undefined when the resource does not exist */
export type ReadTags = (kind: ApiKind, id: string) => Promise<Tags | undefined>;

/** The attributes that name what Terraform deletes, by type. The values contain the name of a resource of the preview. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_group: ['id', 'name'],
  aws_dynamodb_table: ['id', 'name'],
  aws_iam_role: ['id', 'name'],
  aws_iam_role_policy: ['id', 'role'],
  aws_lambda_alias: ['function_name'],
  aws_lambda_function: ['id', 'function_name'],
  aws_lambda_permission: ['function_name'],
};

/** The attribute with the id of the resource whose tags decide, by type. */
const TAGGED: Readonly<Record<string, readonly [kind: ApiKind, attribute: string]>> = {
  aws_api_gateway_api_key: ['apiKey', 'id'],
  aws_api_gateway_rest_api: ['restApi', 'id'],
  aws_api_gateway_usage_plan: ['usagePlan', 'id'],
  aws_api_gateway_usage_plan_key: ['usagePlan', 'usage_plan_id'],
  aws_apigatewayv2_api: ['api', 'id'],
};
/** The types of parts of APIs, which have the id of their API. Not domain names and mappings: they can name foreign domains. */
const PARTS: readonly (readonly [start: string, parts: RegExp, kind: ApiKind, attribute: string])[] = [
  ['aws_apigatewayv2_', /^(authorizer|integration|route|stage)$/, 'api', 'api_id'],
  [
    'aws_api_gateway_',
    /^(authorizer|deployment|gateway_response|integration|integration_response|method|method_response|method_settings|model|request_validator|resource|stage)$/,
    'restApi',
    'rest_api_id',
  ],
];

/** Types without a resource in AWS. */
const LOCAL = ['terraform_data'];

/**
 * Finds the resources that do not belong to the preview, or whose type is unknown.
 * @returns a line for each: its address in Terraform, and why it is foreign
 */
export async function foreignResources(
  resources: readonly StateResource[],
  settings: Settings,
  readTags: ReadTags = tagReader(settings.region),
): Promise<string[]> {
  const cache = new Map<string, Promise<Tags | undefined>>();
  const tagsOf: ReadTags = (kind, id) => {
    const found = cache.get(`${kind}/${id}`) ?? readTags(kind, id);
    cache.set(`${kind}/${id}`, found);
    return found;
  };
  const foreign: string[] = [];
  for (const { mode, type = '', name = '', instances = [] } of resources) {
    if (mode === 'data') continue;
    for (const { attributes } of instances) {
      const reason = await reasonOf(type, attributes ?? {}, settings, tagsOf);
      if (reason !== undefined) foreign.push(`${type}.${name}: ${reason}`);
    }
  }
  return foreign;
}

async function reasonOf(
  type: string,
  attributes: Readonly<Record<string, unknown>>,
  settings: Settings,
  tagsOf: ReadTags,
): Promise<string | undefined> {
  if (LOCAL.includes(type)) return undefined;
  const { region = settings.region } = attributes;
  if (region !== settings.region) return `it is in the region ${String(region)}`;
  const names = Object.hasOwn(NAMED, type) ? NAMED[type] : undefined;
  if (names) {
    const wrong = names.find((name) => !isNameOfPreview(attributes[name], settings));
    return wrong && `its ${wrong} is ${JSON.stringify(attributes[wrong])}, which is no name of ${settings.environment}`;
  }
  const known = Object.hasOwn(TAGGED, type) ? TAGGED[type] : undefined;
  const [kind, attribute] = known ?? partOf(type);
  if (kind === undefined) return 'previews have no resource of this type';
  const { [attribute]: id } = attributes;
  if (typeof id !== 'string' || !/^[a-z0-9]+$/i.test(id)) return `its ${attribute} is ${JSON.stringify(id)}`;
  const tags = await tagsOf(kind, id);
  const { environment, namePrefix } = settings;
  if (!tags || (tags['environment'] === environment && tags[PREFIX_TAG] === namePrefix)) return undefined;
  return `the ${kind} ${id} does not have the tags environment = ${environment} and ${PREFIX_TAG} = ${namePrefix}`;
}

function partOf(type: string): readonly [kind: ApiKind | undefined, attribute: string] {
  const part = PARTS.find(([start, parts]) => type.startsWith(start) && parts.test(type.slice(start.length)));
  return part ? [part[2], part[3]] : [undefined, ''];
}

/** Whether a value is a name such as `acme-items-pr-7-role`, also as the ARN of a function, or after the folder of a log group. */
function isNameOfPreview(value: unknown, { namePrefix, environment }: Settings): boolean {
  if (typeof value !== 'string') return false;
  const name = value.replace(/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:|^\/aws\/[a-z]+\/(apigateway\/)?/, '');
  return new RegExp(`^${namePrefix}-[\\w-]+-${environment}(-[\\w-]+)?(:[\\w-]+)?$`).test(name);
}

function tagReader(region: string): ReadTags {
  const [rest, http] = [new APIGatewayClient({ region }), new ApiGatewayV2Client({ region })];
  const read = async (kind: ApiKind, id: string): Promise<Tags> => {
    if (kind === 'api') return (await http.send(new GetApiCommand({ ApiId: id }))).Tags ?? {};
    if (kind === 'restApi') return (await rest.send(new GetRestApiCommand({ restApiId: id }))).tags ?? {};
    if (kind === 'apiKey') return (await rest.send(new GetApiKeyCommand({ apiKey: id }))).tags ?? {};
    return (await rest.send(new GetUsagePlanCommand({ usagePlanId: id }))).tags ?? {};
  };
  return async (kind, id) => {
    try {
      return await read(kind, id);
    } catch (error) {
      if ((error as Error).name === 'NotFoundException') return undefined;
      throw error;
    }
  };
}
