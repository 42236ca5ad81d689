/** Removes the cached evaluations of projects that the user no longer runs. */
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const MAX_PROJECTS = 50;
const MAX_AGE_MS = 30 * 24 * 60 * 60 * 1000;

/** The folder of a project is named after a SHA-256. */
const PROJECT_FOLDER = /^[0-9a-f]{64}$/;

/**
 * Removes the folders of projects whose last run is more than 30 days ago, and the least recently used folders beyond 50 projects.
 * @param folder contains a folder with cached evaluations for each project
 */
export async function pruneProjects(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => PROJECT_FOLDER.test(name));
  const folders = names.map((name) => path.join(folder, name));
  const projects = await Promise.all(folders.map(async (project) => ({ project, usedAt: await lastUse(project) })));
  projects.sort((a, b) => b.usedAt - a.usedAt);
  const oldest = Date.now() - MAX_AGE_MS;
  const unused = projects.filter(({ usedAt }, index) => index >= MAX_PROJECTS || usedAt < oldest);
  // Another run may remove or use the folder at the same time. Then it stays, or that run evaluates its project again.
  await Promise.allSettled(unused.map(({ project }) => rm(project, { recursive: true, force: true })));
}

/** The time of the newest entry in milliseconds. A run that reads an entry sets its time. */
async function lastUse(project: string): Promise<number> {
  const entries = await readdir(project).catch(() => []);
  const times = await Promise.all(
    [project, ...entries.map((name) => path.join(project, name))].map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}
