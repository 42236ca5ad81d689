/** Reads and changes the versions of a Lambda function, and the alias that APIs invoke. */
import {
  DeleteFunctionCommand,
  GetAliasCommand,
  LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { LIVE_ALIAS } from './live-functions';

export interface Version {
  /** A number as text, such as `7`. */
  readonly version: string;
  /** When the version was published, as Lambda writes it: `2026-11-29T20:10:00.000+0000`. */
  readonly published: string;
  /** SHA-256 of the archive, in Base64. */
  readonly codeHash: string;
}

/** The versions to which the alias sends requests. */
export interface AliasTarget {
  readonly version: string;
  /** Further versions that get a part of the requests. */
  readonly weighted: readonly string[];
  /** Changes with each update of the alias. */
  readonly revision: string | undefined;
}

/** Matches a published version, but neither `$LATEST` nor an empty text. */
const PUBLISHED = /^\d+$/;

export class Versions {
  private readonly client: LambdaClient;

  constructor(region: string) {
    // Turns off the SDK's warning about Node.js 20, which this project supports.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
    this.client = new LambdaClient({ region });
  }

  /** Lists the published versions, newest first. */
  async list(functionName: string): Promise<Version[]> {
    const found: Version[] = [];
    const pages = paginateListVersionsByFunction({ client: this.client }, { FunctionName: functionName });
    for await (const { Versions: versions = [] } of pages) {
      for (const { Version: version = '', LastModified = '', CodeSha256 = '' } of versions) {
        if (PUBLISHED.test(version)) found.push({ version, published: LastModified, codeHash: CodeSha256 });
      }
    }
    return found.sort((a, b) => Number(b.version) - Number(a.version));
  }

  async live(functionName: string): Promise<AliasTarget> {
    const {
      FunctionVersion = '',
      RoutingConfig,
      RevisionId: revision,
    } = await this.client.send(new GetAliasCommand({ FunctionName: functionName, Name: LIVE_ALIAS }));
    const weighted = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {});
    return { version: FunctionVersion, weighted, revision };
  }

  /**
   * Moves the alias: all requests then go to this version. Lambda refuses when the alias has changed since it was read.
   * @param live the alias, as it was read
   */
  async moveLive(functionName: string, version: string, live: AliasTarget): Promise<void> {
    await this.client.send(
      new UpdateAliasCommand({
        FunctionName: functionName,
        Name: LIVE_ALIAS,
        FunctionVersion: version,
        RoutingConfig: { AdditionalVersionWeights: {} },
        RevisionId: live.revision,
      }),
    );
  }

  /** @throws Error for anything but a number: without a version, Lambda deletes the whole function */
  async delete(functionName: string, version: string): Promise<void> {
    if (!PUBLISHED.test(version)) {
      throw new Error(`${JSON.stringify(version)} is not a version of ${functionName}; nothing was deleted.`);
    }
    await this.client.send(new DeleteFunctionCommand({ FunctionName: functionName, Qualifier: version }));
  }
}
