/** The types of a migration: replacements of packages, and edits of files. scripts/migrate/apply.ts applies them. */

export interface Migration {
  /** Library and AWS provider after the migration. */
  readonly title: string;
  /** The oldest version of Node.js that the new packages support. */
  readonly node: string;
  /** Replacements in package.json, by the name of the replaced package. */
  readonly packages: Readonly<Record<string, PackageVersion>>;
  /** Additions to `context` in every cdktf.json. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly edits: readonly Edit[];
  /** Steps for the user after the migration, in order. */
  readonly next: readonly string[];
}

export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/** Replaces texts in the files that Git tracks. */
export interface Edit {
  /** Name of the changed texts in the summary. */
  readonly subject: string;
  /** Matches the paths of the files, relative to the project. */
  readonly files: RegExp;
  /** A pattern with the flag `g`. */
  readonly from: RegExp;
  readonly to: string;
}
