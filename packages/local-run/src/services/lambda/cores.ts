/** How many cores this process may use: those of the machine, or of its container, whose limit Node.js 20 does not ask for. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

/** Where Linux says it to whoever is in a container (kernel documentation, "CPU Controller" and "CFS Bandwidth Control"). */
const CGROUP = '/sys/fs/cgroup';

/** @returns at least 1; a quota of 2.5 cores are two */
export function cores(folder = CGROUP): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(quota(folder))));
}

/** In cores. */
function quota(folder: string): number {
  const [most, period] = textOf(folder, 'cpu.max')?.split(' ') ?? [
    textOf(folder, 'cpu/cpu.cfs_quota_us'),
    textOf(folder, 'cpu/cpu.cfs_period_us'),
  ];
  const part = Number(most) / Number(period);
  // None: `max`, or -1, or no such files.
  return part > 0 ? part : Number.POSITIVE_INFINITY;
}

function textOf(folder: string, name: string): string | undefined {
  try {
    return readFileSync(path.join(folder, name), 'utf8').trim();
  } catch {
    return undefined;
  }
}
