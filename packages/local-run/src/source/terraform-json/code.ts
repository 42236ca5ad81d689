/** Finds the code of functions: their archives and layers. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Archive } from '../../model/deployment';
import { NotSimulatedError } from '../../model/not-simulated';
import { toList } from '../../services/to-list';
import { layerNameOf, isInertLayer } from './layer-arn';
import type { Resource } from './resource';
import type { Resources } from './resources';

export interface FunctionCode extends Archive {
  readonly layers: readonly Archive[];
  /** Names of the layers without effect on responses, such as `LambdaInsightsExtension`. */
  readonly inertLayers: readonly string[];
}

const OBJECT_TYPES = ['aws_s3_object', 'aws_s3_bucket_object'];

/** The types of resources that build archives with commands of the user. */
const BUILD_TYPES = ['null_resource', 'terraform_data'];

type Texts = Readonly<Record<string, string | undefined>>;

/** @throws NotSimulatedError when an archive or a layer is not on this machine */
export function readCode(lambda: Resource, resources: Resources): FunctionCode {
  const { address, attributes } = lambda;
  const arns = toList(attributes['layers']).map(String);
  const layers = arns.flatMap((arn) => {
    const [layer] = resources.where('aws_lambda_layer_version', 'arn', arn);
    if (layer) return [readLayer(layer, resources)];
    if (isInertLayer(arn)) return [];
    const supported = 'an aws_lambda_layer_version of this configuration';
    const fault = `layers: the layer ${arn} is not in this configuration, so the local run does not have its code`;
    const advice = 'Remove the layer for the local run, and put its packages into the archive, or call other routes.';
    throw new NotSimulatedError([{ address, attribute: 'layers', found: arn, supported, fault, advice }]);
  });
  return { ...readArchive(lambda, resources), layers, inertLayers: arns.filter(isInertLayer).map(layerNameOf) };
}

function readLayer(layer: Resource, resources: Resources): Archive {
  if (layer.causes.length > 0) throw new NotSimulatedError(layer.causes);
  return readArchive(layer, resources);
}

/** Reads the archive of a function or a layer. */
function readArchive(owner: Resource, resources: Resources): Archive {
  const { filename, s3_bucket: bucket, s3_key: key } = owner.attributes as Texts;
  if (filename !== undefined) return readFile(owner, 'filename', filename, resources);
  if (key === undefined)
    throw missing(owner, 'filename', 'no value', 'it has neither filename nor s3_key', 'Set filename.');
  const object = OBJECT_TYPES.flatMap((type) => resources.where(type, 'key', key)).find(
    ({ attributes }) => attributes['bucket'] === bucket,
  );
  if (!object) {
    const fault = `no aws_s3_object of this configuration has the key ${key} in the bucket ${bucket ?? ''}`;
    throw missing(owner, 's3_key', key, fault, 'Set filename for the local run, or add an aws_s3_object.');
  }
  return readObject(object, owner, resources);
}

function readObject(object: Resource, owner: Resource, resources: Resources): Archive {
  if (object.causes.length > 0) throw new NotSimulatedError(object.causes);
  const { source, content = '', content_base64: base64 } = object.attributes as Texts;
  if (source !== undefined) return readFile(object, 'source', source, resources);
  const bytes = base64 === undefined ? Buffer.from(content) : Buffer.from(base64, 'base64');
  if (isZip(bytes)) return { archive: bytes, archiveHash: hashOf(bytes) };
  throw missing(owner, 's3_key', object.address, `the content of ${object.address} is no zip file`, 'Set its source.');
}

function readFile(owner: Resource, attribute: string, name: string, resources: Resources): Archive {
  const file = resources.fileAt(name);
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const built = resources.hasAny(BUILD_TYPES) ? ', pass --provisioners if a provisioner builds it' : '';
    const advice = `Build it${built}, or correct ${attribute}.`;
    throw missing(owner, attribute, name, `the archive ${file} cannot be read (${code})`, advice);
  }
  if (isZip(content)) return { archive: file, archiveHash: hashOf(content) };
  throw missing(owner, attribute, name, `${file} is no zip file`, `Build it again, or correct ${attribute}.`);
}

function missing({ address }: Resource, attribute: string, found: string, fault: string, advice: string) {
  return new NotSimulatedError([{ address, attribute, found, supported: 'an archive on this machine', fault, advice }]);
}

/** Whether a file starts like a zip file: with an entry, or with the end of an empty archive. */
function isZip(content: Uint8Array): boolean {
  return /^PK(\x03\x04|\x05\x06)/.test(Buffer.from(content.subarray(0, 4)).toString('latin1'));
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}
