/**
 * Runs the sessions of Terraform projects: `npx jiti run-sessions.ts [FOLDER] [PROJECT ...]`. See projects/README.md.
 * `FOLDER` has projects.json; its default is `projects`.
 */
import path from 'node:path';
import { readProjects, runSession } from './support/project';

async function main([folder = path.join(__dirname, 'projects'), ...names]: readonly string[]): Promise<void> {
  let answered = 0;
  let total = 0;
  for (const project of readProjects(folder)) {
    if (names.length > 0 && !names.includes(project.name)) continue;
    try {
      const { steps, failures } = await runSession(folder, project);
      answered += steps - failures.length;
      total += steps;
      console.log([`${project.name}: ${steps - failures.length} of ${steps} steps`, ...failures].join('\n  '));
    } catch (error) {
      process.exitCode = 1;
      console.log(`${project.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  console.log(`${answered} of ${total} steps`);
  if (answered < total) process.exitCode = 1;
}

void main(process.argv.slice(2));
