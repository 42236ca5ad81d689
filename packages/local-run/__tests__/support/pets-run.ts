/** Starts a whole run of two stacks with a console. Its function echoes the request; one route needs a token. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Running, start } from '../../src/index';
import { petsTemplate, writePets } from './pets';

const STACKS = ['pets', 'zoo'];

/** Answers with the method, the path, the caller and some headers. Refuses the id `bad`. */
const ECHO = `exports.handler = async ({ rawPath, headers, requestContext, body, pathParameters }) => {
  console.log('served ' + rawPath);
  if (pathParameters?.id === 'bad') {
    return { statusCode: 400, body: JSON.stringify({ detail: 'The request has a fault.', errors: [{ path: 'id', message: 'is bad' }] }) };
  }
  const { method } = requestContext.http;
  const claims = requestContext.authorizer?.jwt?.claims;
  return { statusCode: 200, body: JSON.stringify({ method, rawPath, tag: headers['x-tag'], sub: claims?.sub, tenant: claims?.tenant, body }) };
};`;

export interface PetsRun {
  /** The URL of the console page. */
  readonly page: string;
  readonly run: Running;
  stop(): Promise<void>;
}

export async function startPetsRun(): Promise<PetsRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pets-run-'));
  const stacks = Object.fromEntries(STACKS.map((name) => [name, { name, workingDirectory: `stacks/${name}` }]));
  for (const name of STACKS) {
    const options = { prefix: name, source: ECHO };
    writePets(path.join(folder, 'stacks', name), options);
    const template = petsTemplate(options);
    template.resource['aws_apigatewayv2_authorizer'] = {
      jwt: {
        api_id: '${aws_apigatewayv2_api.api.id}',
        name: 'jwt',
        authorizer_type: 'JWT',
        identity_sources: ['$request.header.Authorization'],
        jwt_configuration: { issuer: 'https://id.example.com/', audience: ['pets'] },
      },
    };
    Object.assign(template.resource['aws_apigatewayv2_route']?.['put_pets'] as object, {
      authorization_type: 'JWT',
      authorizer_id: '${aws_apigatewayv2_authorizer.jwt.id}',
    });
    writeFileSync(path.join(folder, 'stacks', name, 'cdk.tf.json'), JSON.stringify(template));
  }
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ stacks }));
  const run = await start({ folder, synthesized: folder, port: 0, console: { port: 0 } });
  return {
    page: run.page ?? '',
    run,
    stop: async () => {
      await run.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
