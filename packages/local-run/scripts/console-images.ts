/**
 * Makes the screenshots of the console page in docs/images, with the stacks of this repository and requests of a few kinds. Needs
 * Chromium on the PATH, or its path in the variable CHROMIUM. Run it with `npm run console-images`.
 */
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { launch } from '../__tests__/support/chromium';
import { start } from '../src/index';

const ROOT = path.resolve(__dirname, '../../..');
const IMAGES = path.join(ROOT, 'docs/images');
const WIDE = { width: 1200, height: 760 };
/** The narrowest phones in use. */
const NARROW = { width: 360, height: 740 };

async function sendExamples(base: string): Promise<void> {
  const put = (item: object) =>
    fetch(`${base}/items`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(item),
    });
  for (const [id, name, price] of [
    ['tea', 'Green tea', 12.5],
    ['coffee', 'Coffee beans', 18],
    ['cocoa', 'Cocoa powder', 9.75],
  ] as const) {
    await put({ id, name, price });
  }
  await put({ id: 'tea', name: 'Green tea', price: 'much' });
  await fetch(`${base}/nowhere`);
  for (const target of ['/items', '/items/none', '/items/tea']) await fetch(base + target);
}

/** Opens an address of the page, and waits until its requests have ended. The stream of events stays open. */
async function open(page: Page, url: string, hash: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(url + hash);
  await page.waitForSelector('#connection.on');
  await page.waitForNetworkIdle({ idleTime: 300, concurrency: 1 });
}

async function shoot(page: Page, name: string, scheme: 'light' | 'dark', viewport: typeof WIDE): Promise<void> {
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  const width = await page.evaluate('document.documentElement.scrollWidth');
  if (width !== viewport.width)
    throw new Error(`${name}: the page is ${String(width)} pixels wide; make it ${viewport.width}.`);
  await page.screenshot({ path: path.join(IMAGES, `${name}.png`) });
}

async function makeImages(executable: string): Promise<void> {
  const run = await start({ folder: ROOT, port: 0, console: { port: 0 } });
  const browser = await launch(executable);
  try {
    const url = run.page ?? '';
    const items = run.deployments.find(({ stack }) => stack === 'items');
    await sendExamples(String(items?.outputs['url']));
    const page = await browser.newPage();
    await page.setViewport(WIDE);
    await open(page, url, '#requests');
    for (const [name, scheme, viewport] of [
      ['console', 'light', WIDE],
      ['console-dark', 'dark', WIDE],
      ['console-narrow', 'light', NARROW],
    ] as const) {
      await shoot(page, name, scheme, viewport);
    }
    await page.setViewport(WIDE);
    await open(page, url, '#routes');
    await page.click('button[type=submit]');
    await page.waitForSelector('.answer .part');
    await shoot(page, 'console-routes', 'light', WIDE);
    await shoot(page, 'console-routes-narrow', 'dark', NARROW);
    await page.setViewport(WIDE);
    await open(page, url, '#tables');
    await shoot(page, 'console-tables', 'light', WIDE);
    await shoot(page, 'console-tables-narrow', 'light', NARROW);
    await page.setViewport(WIDE);
    await page.locator('tbody tr button').click();
    await page.waitForSelector('dialog textarea');
    await shoot(page, 'console-item', 'dark', WIDE);
  } finally {
    await browser.close();
    await run.stop();
  }
}

void makeImages(process.env['CHROMIUM'] ?? 'chromium').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
