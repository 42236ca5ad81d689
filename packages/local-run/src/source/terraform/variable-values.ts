/** Finds the strings in the values of variables, which may be paths of files that the configuration reads. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tokensOf } from './hcl-tokens';
import { stringsIn } from './json-blocks';
import type { TerraformSettings } from './settings';

/** Files with values of variables that Terraform reads without an option. */
const VARIABLE_FILE = /^(terraform|[^]*\.auto)\.tfvars(\.json)?$/;

/** @param root folder of the root module */
export function variableValues(root: string, settings: TerraformSettings, environment: NodeJS.ProcessEnv): string[] {
  const named = readdirSync(root).filter((name) => VARIABLE_FILE.test(name));
  const files = [...named.map((name) => path.join(root, name)), ...settings.variableFiles];
  const values = [
    ...settings.variables.map((assignment) => assignment.slice(assignment.indexOf('=') + 1)),
    ...Object.entries(environment).flatMap(([name, value]) => (name.startsWith('TF_VAR_') ? [value ?? ''] : [])),
  ];
  // The value of a list or map is an expression.
  return [...files.flatMap(stringsOfFile), ...values, ...values.flatMap(stringsOfExpression)];
}

function stringsOfFile(file: string): string[] {
  try {
    const text = readFileSync(file, 'utf8');
    return file.endsWith('.json') ? stringsIn(JSON.parse(text)) : stringsOfExpression(text);
  } catch {
    // Terraform reports files that are missing or faulty.
    return [];
  }
}

function stringsOfExpression(text: string): string[] {
  return tokensOf(text).flatMap((token) => (token.kind === 'string' ? [token.text] : []));
}
