/** The files that belong to a Terraform project. */

export interface ProjectScope {
  /** The folder that contains all files of the project. */
  readonly root: string;
  /** Files and folders that belong to the project. All others below the root do not. */
  readonly included: readonly string[];
  /** Folders of Terraform modules. Git's rules apply to the files in them, but not to the folders. */
  readonly modules: readonly string[];
  /** Files and folders that belong to the project even if Git ignores them, such as built functions. */
  readonly neverIgnored: readonly string[];
}
