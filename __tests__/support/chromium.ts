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
 * @param body gets what tells where it is, and throws when there is none
 */
export function describeInChromium(title: string, body: (executable: () => string) => void): void {
  const found = chromium();
  const skipped = found === undefined && process.env['REQUIRE_CHROMIUM'] !== '1';
  if (skipped)
    console.warn('Skipped: there is no Chromium on the PATH, nor in CHROMIUM; the console page is not tested.');
  (skipped ? describe.skip : describe)(title, () =>
    body(() => {
      if (found === undefined) throw new Error('REQUIRE_CHROMIUM=1, but there is no Chromium on the PATH');
      return found;
    }),
  );
}

export function launch(executablePath: string): Promise<Browser> {
  // Containers give Chromium no sandbox; the page is the project's own.
  return puppeteer.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}
