/** Measures commands in new processes. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { median } from '../benchmark';

export interface Command {
  readonly name: string;
  readonly description: string;
  /** Arguments of Node.js. */
  readonly args: readonly string[];
  /** Preparation before each run, not measured. */
  readonly before?: () => void;
  /** Additional environment variables. The command also inherits the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Share of the rounds in which the command runs. Slow commands run less often. @default 1 */
  readonly share?: number;
}

/** Medians, in ms. */
export interface Times {
  readonly wall: number;
  /** Processor time of the process and of its child processes. NaN on a system without /proc. */
  readonly cpu: number;
}

/** The unit of processor time in proc(5). */
const TICK_MS = 10;

/**
 * Runs the commands in turns, so that other load on the machine slows all of them.
 * @throws Error with the output of a command that fails
 */
export function measure(commands: readonly Command[], rounds: number, progress: (text: string) => void): Times[] {
  const all = commands.map(() => ({ wall: [] as number[], cpu: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, command] of commands.entries()) {
      if (round >= Math.max(1, Math.round(rounds * (command.share ?? 1)))) continue;
      progress(`round ${round + 1}/${rounds}: ${command.name}`);
      command.before?.();
      const env = { ...process.env, ...command.env };
      const [cpu, began] = [childrenCpu(), performance.now()];
      const { status, stdout, stderr } = spawnSync(process.execPath, command.args, { env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${command.args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
      all[index]?.wall.push(performance.now() - began);
      all[index]?.cpu.push(childrenCpu() - cpu);
    }
  }
  return all.map(({ wall, cpu }) => ({ wall: median(wall), cpu: median(cpu) }));
}

/** Processor time of ended child processes (cutime and cstime, proc(5)). */
function childrenCpu(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}
