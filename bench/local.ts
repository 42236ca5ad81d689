/**
 * Measures the local run, its peers and a lower bound: the time to the first answer, and requests per second and p99 latency at
 * 1, 10 and 50 connections.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Benchmark, BenchmarkOptions } from './benchmark';
import { waitForFirstAnswer, putItem } from './local/first-answer';
import type { LoadOrder } from './local/load';
import { startLoad } from './local/load-process';
import { CONNECTIONS, type Plan, report, type Results } from './local/report';
import type { Started } from './local/started';
import { ID, ITEM, OURS, TARGETS } from './local/targets';
import { prepare } from './local/workload';

const FULL: Plan = { starts: 7, rounds: 3, warmUpMs: 8000, settleMs: 500, measureMs: 2000 };
const QUICK: Plan = { starts: 1, rounds: 1, warmUpMs: 1500, settleMs: 500, measureMs: 1500 };

async function run({ quick, progress }: BenchmarkOptions): Promise<string> {
  const plan = quick ? QUICK : FULL;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-local-'));
  const stops: (() => Promise<void> | void)[] = [
    () => {
      rmSync(folder, { recursive: true, force: true });
    },
  ];
  const results: Results = new Map(TARGETS.map(({ name }) => [name, { firstMs: [], load: new Map() }]));
  try {
    progress('building; the first run also installs the peers with npm');
    const { workload, stop } = await prepare(folder);
    stops.push(stop);
    for (const target of TARGETS) target.prepare?.(workload);
    const running = new Map<string, Started>();
    for (let round = 1; round <= plan.starts; round += 1) {
      for (const target of TARGETS) {
        const { name } = target;
        progress(`start ${round}/${plan.starts}: ${name}`);
        const began = performance.now();
        const started = await target.start(workload);
        await waitForFirstAnswer(name, started.port);
        results.get(name)?.firstMs.push(performance.now() - began);
        if (name.startsWith(OURS)) await putItem(started.port);
        if (round < plan.starts) await started.stop();
        else {
          running.set(name, started);
          stops.push(() => started.stop());
        }
      }
    }
    const load = startLoad();
    stops.push(load.stop);
    // Pauses every server: an idle server can still use processor time.
    for (const started of running.values()) started.pause();
    for (const [name, started] of running) {
      progress(`warming up: ${name}`);
      started.resume();
      for (const connections of [10, 50]) await load.run(loadOrder(started.port, connections, plan.warmUpMs));
      started.pause();
    }
    for (let round = 1; round <= plan.rounds; round += 1) {
      for (const connections of CONNECTIONS) {
        for (const [name, started] of running) {
          progress(`round ${round}/${plan.rounds}: ${connections} connections: ${name}`);
          started.resume();
          await load.run(loadOrder(started.port, connections, plan.settleMs));
          const figures = await load.run(loadOrder(started.port, connections, plan.measureMs));
          started.pause();
          const all = results.get(name)?.load;
          all?.set(connections, [...(all.get(connections) ?? []), figures]);
        }
      }
    }
    return report(TARGETS, results, plan);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

function loadOrder(port: number, connections: number, milliseconds: number): LoadOrder {
  return { port, path: `/items/${ID}`, connections, milliseconds, expected: ITEM.name };
}

export const localBenchmark: Benchmark = { name: 'local', title: 'The local run', run };
