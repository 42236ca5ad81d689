/** Formats reloads, and the text that the app prints during a synth, for a person. */
import type { Reload } from '../engine/watch';
import { clock } from './clock';
import { dim, green, INDENT, red } from './style';

/** More changes of a stack are counted, not listed. */
const MAX_CHANGES = 12;

/**
 * Formats a reload: `10:00:00 reloaded  function/items/contract.ts, 212 ms`, then one line per change, or the error.
 * @param previousFailed whether the previous reload failed
 */
export function reloadText({ outcome, files, changes, milliseconds, error }: Reload, previousFailed = false): string {
  const color = outcome === 'failed' ? red : outcome === 'reloaded' ? green : dim;
  const [first = '', ...others] = files;
  const why = others.length === 0 ? first : `${first} and ${others.length} more`;
  const line = `${dim(clock())} ${color(outcome.padEnd(9))} ${why}, ${milliseconds.toFixed(0)} ms`;
  if (outcome === 'unchanged') return `${line}: ${previousFailed ? 'fixed; ' : ''}the deployment stays the same`;
  if (outcome === 'reloaded') return [line, ...changeLines(changes)].join('\n');
  const errorLines = (error ?? '').split('\n').map((text) => `${INDENT}${text}`);
  return [`${line}: the previous version keeps serving`, ...errorLines].join('\n');
}

function changeLines(changes: Reload['changes']): string[] {
  const stackOf = (change: string) => change.split(':', 1)[0] ?? '';
  const stacks = [...new Set(changes.map(stackOf))];
  return stacks.flatMap((stack) => {
    const ofStack = changes.filter((change) => stackOf(change) === stack);
    const more = ofStack.length - MAX_CHANGES;
    const shown = more > 1 ? [...ofStack.slice(0, MAX_CHANGES), `${stack}: and ${more} more changes`] : ofStack;
    return shown.map((change) => `${INDENT}${change}`);
  });
}

/**
 * Formats the text that the app or Terraform printed. A note replaces a text that equals the text of the previous synth or run.
 * @param previous the text of the previous synth or run
 */
export function appOutputText(text: string, previous: string, kind: 'cdktf' | 'terraform' = 'cdktf'): string {
  // Node.js begins its own warnings with the process id.
  const withoutProcessIds = (output: string) => output.replace(/\(node:\d+\)/g, '');
  if (withoutProcessIds(text) !== withoutProcessIds(previous)) return text;
  const note =
    kind === 'terraform'
      ? 'Terraform printed the same text as in the previous run.'
      : 'The app printed the same text as in the previous synth.';
  return dim(`${INDENT}${note}`);
}
