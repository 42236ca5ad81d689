/** Writes an API's contract and its OpenAPI document beside the stack's cdk.tf.json. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TerraformElement, TerraformStack } from 'cdktf';
import { addCustomSynthesis } from 'cdktf/lib/synthesize/synthesizer';
import type { Api } from '../function/contract/api';
import { openApiDocument } from './openapi/document';

const CONTRACT_FILE = 'contract.json';
const OPENAPI_FILE = 'openapi.json';

/**
 * Makes the synth write `contract.json` and `openapi.json` into the stack's folder. `npm run openapi`, `npm run client` and
 * `npm run breaking` read them there. The local run serves openapi.json, which it finds by a comment of the API's resource.
 * @param resource the API, an `aws_apigatewayv2_api` or `aws_api_gateway_rest_api`
 * @param stage stage of a REST API: the first segment of its paths
 * @example writeApiFiles(api.resource, orders)
 */
export function writeApiFiles(resource: TerraformElement, contract: Api, stage?: string): void {
  const document = openApiDocument(contract, { ...(stage !== undefined && { stage }) });
  // Terraform ignores the key `//`.
  resource.addOverride('//.openapi', OPENAPI_FILE);
  addCustomSynthesis(resource, {
    onSynthesize: ({ outdir, manifest }) => {
      const { workingDirectory } = manifest.forStack(TerraformStack.of(resource));
      const write = (file: string, content: object) =>
        writeFileSync(path.join(outdir, workingDirectory, file), `${JSON.stringify(content, null, 2)}\n`);
      write(CONTRACT_FILE, contract);
      write(OPENAPI_FILE, document);
    },
  });
}
