/** Validates and plans single resources, with the stand-in of AWS and with the real AWS provider. */
import { awsProvider } from '../../src/stand-in/aws/aws';
import { handlersOf, type Request } from '../../src/stand-in/protocol/handlers';
import { encodeObject, encodeValue } from '../../src/stand-in/protocol/values';
import { Connection } from '../../src/stand-in/provider/connection';
import { PluginProcess } from '../../src/stand-in/schema/plugin-process';
import type { InvalidResource } from './invalid-resources';

interface Response {
  readonly diagnostics?: readonly {
    readonly severity: number;
    readonly summary: string;
    readonly detail?: string;
    readonly attribute?: { readonly steps: readonly object[] } | null;
  }[];
}

type Call = (name: 'ValidateResourceTypeConfig' | 'PlanResourceChange', request: object) => Promise<object>;

/** @returns the errors, sorted, each with the path of its attribute */
export async function standInErrors(resource: InvalidResource): Promise<readonly string[]> {
  const handlers = handlersOf(await awsProvider({ types: [resource.type] }));
  return errorsOf(resource, async (name, request) => handlers[name](request as Request, new Connection()));
}

/** One process of the provider, because it takes seconds to start. */
export class RealValidation {
  private constructor(private readonly plugin: PluginProcess) {}

  static async start(program: string): Promise<RealValidation> {
    const credentials = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', AWS_REGION: 'us-east-1' };
    return new RealValidation(await PluginProcess.start(program, { ...credentials, AWS_CA_BUNDLE: undefined }));
  }

  /** @returns the errors, sorted, each with the path of its attribute */
  errors(resource: InvalidResource): Promise<readonly string[]> {
    return errorsOf(resource, (name, request) => this.plugin.call(name, request));
  }

  stop(): void {
    this.plugin.stop();
  }
}

async function errorsOf({ type, config }: InvalidResource, call: Call): Promise<readonly string[]> {
  const { schemas } = await awsProvider({ types: [type] });
  const block = schemas.resources.get(type)?.block;
  if (block === undefined) throw new Error(`There is no schema of ${type}.`);
  const encoded = encodeObject(config, block);
  const errors = textsOf(await call('ValidateResourceTypeConfig', { type_name: type, config: encoded }));
  if (errors.length > 0) return errors;
  const request = { type_name: type, prior_state: encodeValue(null), proposed_new_state: encoded, config: encoded };
  return textsOf(await call('PlanResourceChange', request));
}

/** An error of the provider may consist of several lines, and several attributes may have the same error. */
function textsOf({ diagnostics = [] }: Response): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 1);
  const texts = errors.flatMap(({ summary, detail, attribute }) => {
    // The provider names each of the attributes of a wrong combination.
    if (detail) return [`${summary}: ${detail.replace(/^"\w+": /, '')}`];
    const steps = (attribute?.steps ?? []).flatMap((step) => Object.values(step).slice(0, 1)).map(String);
    return summary.split('\n').map((line) => [...steps, line].join(' '));
  });
  return [...new Set(texts)].sort();
}
