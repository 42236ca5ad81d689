/** Reads errors and warnings from the output of Terraform. */
import { stripVTControlCharacters } from 'node:util';

/** @returns the errors and warnings as Terraform frames them, without colours; an empty text when there are none */
export function diagnosticsIn(output: string): string {
  const lines: string[] = [];
  let isInside = false;
  for (const line of stripVTControlCharacters(output).split('\n')) {
    if (line.startsWith('╷')) isInside = true;
    if (isInside) lines.push(line.trimEnd());
    if (line.startsWith('╵')) isInside = false;
  }
  return lines.join('\n');
}
