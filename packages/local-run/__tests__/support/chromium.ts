/** Finds and starts Chromium, for tests of the console page. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Returns the value of the environment variable `CHROMIUM`, or the path of the first Chromium command on the PATH. */
export function findChromium(): string | undefined {
  const configured = process.env['CHROMIUM'];
  if (configured !== undefined) return configured;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) => COMMANDS.map((command) => path.join(folder, command)));
  return candidates.find((file) => existsSync(file));
}

/**
 * Like `describe`, for tests that need Chromium. Without Chromium, the tests are skipped, or fail if REQUIRE_CHROMIUM is 1.
 * @param body called with the path of the executable
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
  // Jest discards the output of console.warn in a file whose tests are all skipped.
  process.stderr.write(`Skipped ${title}: ${reason}. Set REQUIRE_CHROMIUM=1 to make this a failure.\n`);
  test.skip(`${title} (${reason})`, () => undefined);
}

export function launch(executablePath: string): Promise<Browser> {
  // Chromium's sandbox does not start in most containers. The page is part of this project, so it needs no sandbox.
  return puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}
