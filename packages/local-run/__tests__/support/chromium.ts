/** Starts the Chromium of this machine, for tests of the console page. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The environment variable `CHROMIUM`, or the first of these commands on the PATH. */
function findChromium(): string | undefined {
  const configured = process.env['CHROMIUM'];
  if (configured !== undefined) return configured;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) => COMMANDS.map((command) => path.join(folder, command)));
  return candidates.find((file) => existsSync(file));
}

/**
 * Like `describe`, for tests that need Chromium. Without it they are skipped, or fail when REQUIRE_CHROMIUM is 1.
 * @param body gets the path of the executable
 */
export function describeInChromium(title: string, body: (executable: string) => void): void {
  const executable = findChromium();
  if (executable !== undefined) {
    describe(title, () => body(executable));
    return;
  }
  const reason = 'Chromium is neither on the PATH nor in the variable CHROMIUM';
  if (process.env['REQUIRE_CHROMIUM'] === '1') {
    test(title, () => {
      throw new Error(`REQUIRE_CHROMIUM=1, but ${reason}.`);
    });
    return;
  }
  // Not console.warn: Jest drops the console of a suite that is skipped as a whole.
  process.stderr.write(`Skipped ${title}: ${reason}. Set REQUIRE_CHROMIUM=1 to make this a failure.\n`);
  test.skip(`${title} (${reason})`, () => undefined);
}

export function launch(executablePath: string): Promise<Browser> {
  // Chromium's sandbox does not start in most containers. The page under test is the project's own.
  return puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}
