/** Finds the files that evaluated attributes name, such as the source folder of an archive. */
import path from 'node:path';
import type { EvaluatedConfiguration } from './evaluated-resource';

/** Attributes whose value is the path of a file or folder that the resource reads. */
const PATH_ATTRIBUTES = ['filename', 'source', 'source_dir', 'source_file', 'working_dir'];

/**
 * @param root relative paths are relative to this folder
 * @returns absolute paths, without the files that the evaluation itself wrote
 */
export function evaluatedInputs({ resources, files }: EvaluatedConfiguration, root: string): string[] {
  const paths = resources.flatMap(({ values }) =>
    PATH_ATTRIBUTES.flatMap((name) => {
      const value = values[name];
      return typeof value === 'string' && value !== '' && !value.includes('\n') ? [path.resolve(root, value)] : [];
    }),
  );
  return [...new Set(paths)].filter((file) => !files.has(file)).sort();
}
