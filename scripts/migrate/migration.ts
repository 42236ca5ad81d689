/** What a migration consists of: other packages, and edits of files. Plain data, which scripts/migrate/apply.ts applies. */

export interface Migration {
  /** What the project uses afterwards. */
  readonly title: string;
  /** The oldest version of Node.js that runs its packages. */
  readonly node: string;
  /** Replacements in package.json, by the name of the replaced package. */
  readonly packages: Readonly<Record<string, PackageVersion>>;
  /** Additions to `context` in every cdktf.json. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly edits: readonly Edit[];
  /** What to do after the migration, in order. */
  readonly next: readonly string[];
}

export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/** Replaces texts in the files that Git tracks. */
export interface Edit {
  /** What the edit changes. */
  readonly subject: string;
  /** Matches the paths of the files, relative to the project. */
  readonly files: RegExp;
  /** A global pattern. */
  readonly from: RegExp;
  readonly to: string;
}
