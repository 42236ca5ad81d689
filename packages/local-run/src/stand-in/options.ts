/** What the stand-in providers need to know of a run. */

export interface StandInOptions {
  /**
   * The resource and data source types that the configuration, its modules and an earlier state name. Terraform gets the schemas
   * of these. Other words do no harm.
   */
  readonly types: readonly string[];
  /** Provider addresses of `required_providers` blocks, for example `hashicorp/aws`. @default none besides those of `types` */
  readonly providers?: readonly string[];
  /** The folder where Terraform runs. Relative paths count from it. */
  readonly folder: string;
  /** Returns where to write a file that the configuration names by an absolute path. */
  readonly pathToWrite: (file: string) => string;
  /** The environment of data sources that run programs. @default process.env */
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder that `terraform init` filled with the user's providers: `DIR/.terraform/providers`. @default none */
  readonly installedProviders?: string;
  /** Folder for the schemas of installed providers. @default the user's cache folder */
  readonly cacheFolder?: string;
}
