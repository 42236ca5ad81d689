/**
 * The program of an AWS provider of another version: run it with jiti. It serves the shipped schemas with a new attribute and a new
 * type. The first parameter is a folder for its socket, to which the program adds a line for each start.
 */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { awsProvider } from '../../src/stand-in/aws/aws';
import { handlersOf } from '../../src/stand-in/protocol/handlers';
import { ProviderServer } from '../../src/stand-in/protocol/server';
import { computed, optional, required, schema } from '../../src/stand-in/schema/define';

async function serve(folder: string): Promise<void> {
  appendFileSync(path.join(folder, 'starts.txt'), 'started\n');
  const { schemas } = await awsProvider({ types: ['aws_sqs_queue'] });
  const queue = schemas.resources.get('aws_sqs_queue');
  if (queue === undefined) throw new Error('The shipped schemas have no aws_sqs_queue.');
  const { block, version } = queue;
  const attributes = { ...block.attributes, new_attribute: optional('string') };
  const resources = new Map([
    ['aws_sqs_queue', { version, block: { ...block, attributes } }],
    ['aws_new_thing', schema({ name: required('string'), arn: computed('string') })],
  ]);
  const handlers = handlersOf({ schemas: { ...schemas, resources }, resources: {}, dataSources: {} });
  const socket = path.join(folder, `${process.pid}.sock`);
  await ProviderServer.start(handlers, socket);
  process.stdout.write(`1|5|unix|${socket}|grpc\n`);
}

const [, , folder = ''] = process.argv;
void serve(folder);
