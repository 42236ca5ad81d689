/**
 * A folder tree that stands for the user's tree while Terraform runs: the same paths below another folder. Folders in which
 * files are written are real folders, and so are the folders above them; everything else is a symbolic link to the user's file or
 * folder.
 */
import { lstatSync, mkdirSync, readdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contains } from '../project-files';

/** Files of Terraform beside the configuration. The run has files of its own in their place. */
const TERRAFORM_FILES = /^(\.terraform|\.terraform\.lock\.hcl|\.?terraform\.tfstate.*)$/;

/** Of these files, configurations often write archives into `.terraform`, which Git ignores. */
const DATA_FOLDER = '.terraform';

/** Files of Terraform in its data folder. */
const DATA_FILES = /^(environment|modules|providers|terraform\.tfstate.*)$/;

export interface MirrorOptions {
  /** The folder of the mirror, without symbolic links. The mirror of `/a/b` is `<tree>/a/b`. */
  readonly tree: string;
  /** Folder of the root module, without symbolic links. */
  readonly root: string;
  /** The highest folder to which the configuration may refer. The mirror has no links in the folders above. */
  readonly top: string;
}

export class Mirror {
  /** Folder of the root module in the mirror. */
  readonly root: string;
  /** Folders of the user for which the mirror has real folders. */
  private readonly realFolders = new Set<string>();
  /** Files that the run itself needs, in the mirror. */
  private readonly runFiles = new Set<string>();

  constructor(private readonly options: MirrorOptions) {
    this.root = this.pathOf(options.root);
    this.makeReal(options.root);
  }

  /** Adds a file of the run, in place of a file of the user with the same name. */
  addFile(file: string, text: string): void {
    const target = this.pathToWrite(file);
    this.runFiles.add(target);
    writeFileSync(target, text);
  }

  /**
   * Makes a place writable without a change in the user's tree.
   * @param file an absolute path, of the user's tree or of the mirror
   * @returns the path to which the file must be written
   */
  pathToWrite(file: string): string {
    const original = this.originalOf(file);
    this.makeReal(path.dirname(original));
    const target = this.pathOf(original);
    if (isLink(target)) unlinkSync(target);
    return target;
  }

  /** Replaces the link to a folder by a real folder with links to its entries. The folder need not exist. */
  makeReal(folder: string): void {
    if (this.realFolders.has(folder)) return;
    const parent = path.dirname(folder);
    if (parent !== folder) this.makeReal(parent);
    this.realFolders.add(folder);
    const target = this.pathOf(folder);
    if (isLink(target)) unlinkSync(target);
    mkdirSync(target, { recursive: true });
    // Links cost time: a home folder may have hundreds of entries.
    if (!contains(this.options.top, folder)) return;
    for (const name of this.linkedEntries(folder)) symlinkSync(path.join(folder, name), path.join(target, name));
  }

  /** The files that Terraform, stand-in providers and provisioners wrote, by the path that the configuration names. */
  writtenFiles(): Map<string, string> {
    const files = new Map<string, string>();
    const visit = (folder: string) => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const file = path.join(folder, entry.name);
        if (folder === this.root && TERRAFORM_FILES.test(entry.name) && entry.name !== DATA_FOLDER) continue;
        if (folder === path.join(this.root, DATA_FOLDER) && DATA_FILES.test(entry.name)) continue;
        if (entry.isDirectory()) visit(file);
        else if (entry.isFile() && !this.runFiles.has(file)) files.set(this.originalOf(file), file);
      }
    };
    visit(this.options.tree);
    return files;
  }

  /** Replaces the paths of the mirror within a text of Terraform by the paths of the user. */
  withOriginalPaths(text: string): string {
    const { tree } = this.options;
    const written = [tree, escapedQuotes(tree)].map(patternOf).join('|');
    return text.replace(new RegExp(written, 'g'), '');
  }

  /** Copies a JSON value, with the paths of the user in place of the paths of the mirror. */
  withOriginalPathsIn<T>(value: T): T {
    return JSON.parse(JSON.stringify(value).replaceAll(escapedQuotes(this.options.tree), '')) as T;
  }

  private pathOf(original: string): string {
    return path.join(this.options.tree, original);
  }

  private originalOf(file: string): string {
    const { tree } = this.options;
    return contains(tree, file) ? file.slice(tree.length) || path.sep : file;
  }

  private linkedEntries(folder: string): string[] {
    const { root } = this.options;
    const terraform = path.join(root, DATA_FOLDER);
    // Installed modules are linked one by one. The other files are state of Terraform.
    if (folder === terraform || folder === path.join(terraform, 'modules')) return [];
    const names = namesIn(folder);
    return folder === root ? names.filter((name) => !TERRAFORM_FILES.test(name)) : names;
  }
}

/** A text as within a JSON string: its quotes are escaped. */
function escapedQuotes(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Terraform breaks the lines of its errors at spaces, and begins each line with a bar. */
function patternOf(file: string): string {
  return file.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll(' ', '(?: |\\n│ )');
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The folder is missing or not readable.
    return [];
  }
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
