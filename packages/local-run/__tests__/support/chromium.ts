/** A headless Chromium, where there is one on this machine. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** `CHROMIUM`, or the first of its usual names on the PATH. */
function chromium(): string | undefined {
  const given = process.env['CHROMIUM'];
  if (given !== undefined) return given;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find((file) => existsSync(file));
}

/**
 * Tests that need one: skipped where there is none, or failed where REQUIRE_CHROMIUM is 1.
 * @param body gets where it is
 */
export function describeInChromium(title: string, body: (executable: string) => void): void {
  const executable = chromium();
  if (executable !== undefined) return describe(title, () => body(executable));
  const why = 'there is no Chromium on the PATH, nor in CHROMIUM';
  if (process.env['REQUIRE_CHROMIUM'] === '1') {
    test(title, () => {
      throw new Error(`REQUIRE_CHROMIUM=1, but ${why}.`);
    });
    return;
  }
  // Jest drops the console of a suite that is skipped as a whole.
  process.stderr.write(`Skipped: the console page, as ${why}. REQUIRE_CHROMIUM=1 makes this a failure.\n`);
  test.skip(`${title} (${why})`, () => undefined);
}

export function launch(executablePath: string): Promise<Browser> {
  // Containers give Chromium no sandbox; the page is the project's own.
  return puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}
