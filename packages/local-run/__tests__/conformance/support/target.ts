/** The target of the cases: a fixture in the local run, or a deployed fixture. An environment variable selects the latter. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { apiAddresses, deploymentOf } from '../../../src/source/deployment';
import { HttpApiGateway } from '../../../src/services/api-gateway/http-api/gateway';
import { RestApiGateway } from '../../../src/services/api-gateway/rest-api/gateway';
import { GatewayServer } from '../../../src/services/api-gateway/server';
import { unpack } from '../../../src/services/lambda/archive';
import { ServedFunction } from '../../../src/services/lambda/served-function';
import { TokenVerifier } from '../../../src/services/tokens/token-verifier';
import { TerraformStack } from '../../../src/source/terraform-json/stack';
import { writeFixture } from '../fixture/write';

export interface Target {
  /** The fixture's Terraform outputs: URLs and API keys. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Signs claims with the key of the local run. Undefined for a deployed fixture. */
  readonly sign?: (claims: Readonly<Record<string, unknown>>) => Promise<string>;
  stop(): Promise<void>;
}

/** The file with the output of `terraform output -json` for a fixture. Undefined: the target is the local run. */
export function outputsFile(fixture: string): string | undefined {
  return process.env[`CONFORMANCE_${fixture.toUpperCase().replaceAll('-', '_')}_OUTPUTS`];
}

export function isRemote(fixture: string): boolean {
  return outputsFile(fixture) !== undefined;
}

export function startTarget(fixture: string): Promise<Target> {
  const file = outputsFile(fixture);
  if (file === undefined) return startLocal(fixture);
  const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { value: string }>;
  const outputs = Object.fromEntries(Object.entries(json).map(([name, { value }]) => [name, value]));
  return Promise.resolve({ outputs, stop: () => Promise.resolve() });
}

/** Serves the fixture's Terraform with the services of the local run. */
async function startLocal(fixture: string): Promise<Target> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'conformance-'));
  writeFixture(fixture, folder);
  const stack = new TerraformStack(fixture, folder);
  const servers = new Map<string, GatewayServer>();
  const urls = new Map<string, string>();
  for (const address of apiAddresses(stack)) {
    const server = new GatewayServer({ stack: stack.name, api: address, onRequest: () => undefined });
    servers.set(address, server);
    urls.set(address, await server.listen(0));
  }
  const { functions: deployments, apis, outputs } = deploymentOf(stack, urls);
  const taskRoot = path.join(folder, 'task');
  const functions = new Map(
    deployments.map((deployment) => {
      unpack(deployment.archive, taskRoot);
      const options = { taskRoot, dynamodbEndpoint: 'http://127.0.0.1:1', onLog: () => undefined };
      return [deployment.arn, new ServedFunction(deployment, options)] as const;
    }),
  );
  const verifier = new TokenVerifier();
  for (const api of apis) {
    if (api.kind === 'function-url') continue;
    const gateway =
      api.kind === 'http-api'
        ? new HttpApiGateway(api, functions, verifier)
        : new RestApiGateway(api, functions, verifier);
    servers.get(api.address)?.replaceGateway(gateway);
  }
  return {
    outputs: outputs as Record<string, string>,
    sign: (claims) => verifier.localIssuer.sign(claims),
    stop: async () => {
      await Promise.all([...servers.values()].map((server) => server.close()));
      await Promise.all([...functions.values()].map((served) => served.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
