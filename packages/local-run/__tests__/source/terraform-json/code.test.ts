/** Where the code of functions comes from: archives, S3 objects and layers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setAttribute } from '../../support/deployed-pets';
import type { Template } from '../../support/pets';
import { servePets } from '../../support/served-pets';
import { archiveOf } from '../../support/task-roots';

const serve = servePets();

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'code-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FUNCTION = 'aws_lambda_function.function';

/** Loads the code from an S3 object. */
function fromS3({ resource }: Template, object: object, type = 'aws_s3_object'): void {
  resource['aws_s3_bucket'] = { code: { bucket: 'pets-code', force_destroy: true } };
  resource[type] = { code: { bucket: '${aws_s3_bucket.code.id}', key: 'releases/app.zip', ...object } };
  setAttribute(resource, FUNCTION, 'filename', null);
  setAttribute(resource, FUNCTION, 's3_bucket', '${aws_s3_bucket.code.id}');
  setAttribute(resource, FUNCTION, 's3_key', `\${${type}.code.key}`);
  setAttribute(resource, FUNCTION, 's3_object_version', `\${${type}.code.version_id}`);
}

/** Expects that only the routes of the changed function answer 501. */
async function expectFault(change: (template: Template) => void, fault: string): Promise<void> {
  const { get } = await serve(change);
  const { status, json } = await get('/pets');
  expect(status).toBe(501);
  expect(String(json.message)).toContain(fault);
  expect((await get('/health')).status).toBe(200);
}

test.each(['aws_s3_object', 'aws_s3_bucket_object'])('runs code from an %s', async (type) => {
  const { get, deployment } = await serve((template) => fromS3(template, { source: 'function.zip' }, type));
  expect((await get('/pets')).status).toBe(200);
  expect(deployment.notSimulated).toEqual([]);
});

test('runs code from the content of an object in base64', async () => {
  const { archive } = archiveOf({ 'index.js': "exports.handler = async () => ({ from: 'base64' })" });
  const content = Buffer.from(archive).toString('base64');
  const { get } = await serve((template) => fromS3(template, { content_base64: content }));
  expect((await get('/pets')).json).toEqual({ from: 'base64' });
});

test('routes answer 501 if no object has the key of the code', async () => {
  await expectFault((template) => {
    fromS3(template, { source: 'function.zip' });
    setAttribute(template.resource, FUNCTION, 's3_key', 'other.zip');
  }, 'no aws_s3_object of this configuration has the key other.zip in the bucket pets-code. Set filename');
});

test('routes answer 501 if the content of the object is no zip file', async () => {
  const fault = 'the content of aws_s3_object.code is no zip file';
  await expectFault((template) => fromS3(template, { content: 'text' }), fault);
});

test('only the routes of a function whose archive is missing answer 501', async () => {
  const missing = (template: Template) => setAttribute(template.resource, FUNCTION, 'filename', 'build/gone.zip');
  await expectFault(missing, '/build/gone.zip cannot be read (ENOENT). Build it, or correct filename.');
  await expectFault((template) => {
    missing(template);
    template.resource['null_resource'] = { build: {} };
  }, 'Build it, pass --provisioners if a provisioner builds it, or correct filename.');
});

test('routes answer 501 if the archive is no zip file', async () => {
  await expectFault(
    (template) => setAttribute(template.resource, FUNCTION, 'filename', 'cdk.tf.json'),
    'cdk.tf.json is no zip file. Build it again, or correct filename.',
  );
});

const USES_LAYER = "exports.handler = async () => require('answers');";

function addLayer({ resource }: Template, layer: object): void {
  resource['aws_lambda_layer_version'] = {
    shared: { layer_name: 'shared', compatible_runtimes: ['nodejs22.x'], ...layer },
  };
  setAttribute(resource, FUNCTION, 'layers', ['${aws_lambda_layer_version.shared.arn}']);
}

test('a function uses the packages of its layers', async () => {
  const file = path.join(folder, 'layer.zip');
  const { archive } = archiveOf({ 'nodejs/node_modules/answers/index.js': "module.exports = { from: 'layer' };" });
  writeFileSync(file, archive);
  const { get } = await serve((template) => addLayer(template, { filename: file }), { source: USES_LAYER });
  expect((await get('/pets')).json).toEqual({ from: 'layer' });
});

test('routes answer 501 if the archive of a layer is missing', async () => {
  await expectFault((template) => addLayer(template, { filename: 'gone.zip' }), '/gone.zip cannot be read (ENOENT)');
});

test('layers that only observe a function have no effect, and the start lists them', async () => {
  const arn = 'arn:aws:lambda:us-east-1:580247275435:layer:LambdaInsightsExtension:53';
  const { get, deployment } = await serve(({ resource }) => setAttribute(resource, FUNCTION, 'layers', [arn]));
  expect((await get('/pets')).status).toBe(200);
  expect(deployment.inert).toContain('layer LambdaInsightsExtension (no effect here)');
});

test('routes answer 501 if a layer of another account has code', async () => {
  const arn = 'arn:aws:lambda:us-east-1:094274105915:layer:AWSLambdaPowertoolsTypeScriptV2:20';
  await expectFault(({ resource }) => setAttribute(resource, FUNCTION, 'layers', [arn]), `the layer ${arn} is not in`);
});
