/** Plans with the real AWS provider, without an AWS account. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Values } from '../../src/stand-in/provider/provider';

export interface PlannedResource {
  readonly address: string;
  readonly type: string;
  readonly after: Values;
  /** `true` in the places of values that the plan does not know. */
  readonly unknown: Values;
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly mode: string;
    readonly change: { readonly after: Values | null; readonly after_unknown: Values };
  }[];
}

const POLICY = `<PolicyName>AWSLambdaBasicExecutionRole</PolicyName><PolicyId>ANPAI</PolicyId><DefaultVersionId>v1</DefaultVersionId>
<Path>/service-role/</Path><Arn>arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole</Arn>`;

/** The results of calls that the provider sends while planning, by their action. */
const RESULTS: Readonly<Record<string, (account: string) => string>> = {
  GetCallerIdentity: (account) =>
    `<Arn>arn:aws:iam::${account}:root</Arn><UserId>1</UserId><Account>${account}</Account>`,
  ListPolicies: () => `<IsTruncated>false</IsTruncated><Policies><member>${POLICY}</member></Policies>`,
  GetPolicy: () => `<Policy>${POLICY}</Policy>`,
  GetPolicyVersion: () => '<PolicyVersion><Document>%7B%7D</Document><VersionId>v1</VersionId></PolicyVersion>',
};

/** Answers the calls that the provider sends while planning. @param account the account that the configuration names */
async function startAws(account: string): Promise<Server> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const action = new URLSearchParams(body).get('Action') ?? '';
      const result = RESULTS[action]?.(account) ?? '';
      const text = `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
      response.writeHead(result === '' ? 400 : 200, { 'content-type': 'text/xml' }).end(text);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/**
 * Initializes and plans a configuration with the real AWS provider.
 * @param account the account that the configuration names
 * @param reattach `TF_REATTACH_PROVIDERS` of the other providers
 * @returns the managed resources
 */
export async function planWithRealProvider(
  folder: string,
  account: string,
  reattach: string,
): Promise<readonly PlannedResource[]> {
  const aws = await startAws(account);
  const terraform = runTerraform(folder, {
    ...{ TF_REATTACH_PROVIDERS: reattach, CHECKPOINT_DISABLE: '1', TF_DATA_DIR: path.join(folder, '.real') },
    ...{ AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', AWS_EC2_METADATA_DISABLED: 'true' },
    ...{ AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`, AWS_MAX_ATTEMPTS: '1' },
    AWS_REGION: 'us-east-1',
  });
  try {
    await terraform('init', '-input=false', '-no-color');
    const state = `-state=${path.join(folder, '.real/none.tfstate')}`;
    await terraform('plan', '-input=false', '-no-color', '-lock=false', '-refresh=false', state, '-out=.real/plan');
    const { resource_changes: changes = [] } = JSON.parse(await terraform('show', '-json', '.real/plan')) as PlanJson;
    return changes
      .filter(({ mode }) => mode === 'managed')
      .map(({ address, type, change }) => ({
        address,
        type,
        after: change.after ?? {},
        unknown: change.after_unknown,
      }));
  } finally {
    aws.close();
  }
}

function runTerraform(folder: string, environment: NodeJS.ProcessEnv) {
  const options = { cwd: folder, env: { ...process.env, ...environment }, maxBuffer: 2 ** 28 };
  return (...parameters: readonly string[]) =>
    new Promise<string>((resolve, reject) => {
      execFile('terraform', parameters, options, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`terraform ${parameters.join(' ')} failed:\n${stderr}${stdout}`));
      });
    });
}
