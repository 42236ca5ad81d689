/** Deploys the preview of a pull request with `npm run deploy`. */
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_OUT } from '../terraform/synth';
import { ROOT } from '../project';
import { previewSettings, previewVariables } from './settings';

/**
 * The AWS provider retries throttled calls; with `adaptive`, it also slows down its next calls (AWS SDKs and Tools Reference Guide, "Retry
 * behavior"). API Gateway allows an account one CreateRestApi in 3 seconds and one CreateDeployment in 5 seconds.
 */
const RETRIES = { AWS_RETRY_MODE: 'adaptive' };

export interface DeployOptions {
  /** The stacks to deploy. @default all */
  readonly stacks: readonly string[];
  /** The file for the outputs, including sensitive outputs. @default a file below cdktf.out */
  readonly outputsFile: string | undefined;
}

/**
 * Deploys the preview. In a workflow, also sets the step output `urls`.
 * @returns the URLs by stack
 * @throws Error when `npm run deploy` fails, which has printed its error
 */
export async function deployPreview(
  pullRequest: number,
  { stacks, outputsFile = path.join(ROOT, DEFAULT_OUT, 'preview-outputs.json') }: DeployOptions,
): Promise<Record<string, string>> {
  const { environment } = previewSettings(pullRequest);
  console.log(`Deploying the preview ${environment}`);
  const args = ['--yes', '--one-by-one', '--outputs-file', path.resolve(outputsFile), ...stacks];
  await runDeploy(args, { ...previewVariables(pullRequest), ...RETRIES });
  const urls = urlsOf(readFileSync(outputsFile, 'utf8'));
  setStepOutput('urls', JSON.stringify(urls));
  return urls;
}

/** Reads the URLs from the outputs that cdktf wrote. @param outputs JSON: the outputs by stack */
export function urlsOf(outputs: string): Record<string, string> {
  const stacks = Object.entries(JSON.parse(outputs) as Record<string, { readonly url?: unknown }>);
  return Object.fromEntries(stacks.flatMap(([stack, { url }]) => (typeof url === 'string' ? [[stack, url]] : [])));
}

function runDeploy(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn('npm', ['run', '--silent', 'deploy', '--', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      if (status === 0) return resolve();
      reject(new Error(`npm run deploy ended with ${signal ?? `status ${status}`}.`));
    });
  });
}

/** Sets an output of the step of a workflow. Does nothing outside of a workflow. */
function setStepOutput(name: string, value: string): void {
  const { GITHUB_OUTPUT: file } = process.env;
  if (file) appendFileSync(file, `${name}=${value}\n`);
}
