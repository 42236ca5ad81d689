/** Serves copies of Terraform projects, and runs their sessions. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Running, start, type StartOptions } from '../../../src/index';
import { runStep, type Step } from './session';

export interface Project {
  readonly name: string;
  /** The folder in which Terraform runs, relative to the folder of the project. */
  readonly root: string;
}

export interface SessionResult {
  readonly steps: number;
  /** The failed steps: their requests, and the differences from the expected answers. */
  readonly failures: readonly string[];
}

/** @param folder has projects.json, and a folder for each of its projects */
export function readProjects(folder: string): readonly Project[] {
  return readJson(path.join(folder, 'projects.json')) as Project[];
}

/** Serves a copy of the project, as planning writes archives beside its sources, and sends the steps of its session. */
export async function runSession(
  folder: string,
  { name, root }: Project,
  options: Partial<StartOptions> = {},
): Promise<SessionResult> {
  const steps = readJson(path.join(folder, name, 'sessions.json')) as readonly Step[];
  const work = mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  try {
    cpSync(path.join(folder, name), path.join(work, name), { recursive: true });
    const outputsFile = path.join(work, 'outputs.json');
    // The cache would keep the evaluation of a folder that no later run has.
    const run = await start({ cache: false, ...options, folder: path.join(work, name, root), port: 0, outputsFile });
    try {
      return { steps: steps.length, failures: await sendSteps(readApis(outputsFile), steps, run) };
    } finally {
      await run.stop();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function sendSteps(
  apis: Readonly<Record<string, string>>,
  steps: readonly Step[],
  run: Running,
): Promise<string[]> {
  const failures: string[] = [];
  for (const [index, step] of steps.entries()) {
    const base = apis[step.api ?? Object.keys(apis)[0] ?? ''];
    const differences = base === undefined ? ['the outputs file has no such API'] : await runStep(base, step, run);
    if (differences.length === 0) continue;
    failures.push([`step ${index + 1}, ${step.method} ${step.path}`, ...differences].join('\n    '));
  }
  return failures;
}

/** Reads the URLs of the APIs by their names on AWS. */
function readApis(outputsFile: string): Readonly<Record<string, string>> {
  const outputs = readJson(outputsFile) as Record<string, { readonly apis?: Record<string, string> }>;
  return Object.assign({}, ...Object.values(outputs).map(({ apis }) => apis)) as Record<string, string>;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
