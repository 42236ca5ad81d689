/**
 * Makes the screenshots of the console page in docs/images, with the stacks of this repository and requests of a few kinds. Needs
 * Chromium on the PATH, or its path in the variable CHROMIUM. Run it with `npm run console-images`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { findChromium, launch } from '../__tests__/support/chromium';
import { start, synth } from '../src/index';

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
  const browser = await launch(executable);
  try {
    await makeImagesOfItems(browser);
    await makeImagesOfIndexes(browser);
  } finally {
    await browser.close();
  }
}

async function makeImagesOfItems(browser: Browser): Promise<void> {
  const run = await start({ folder: ROOT, port: 0, console: { port: 0 } });
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
    await run.stop();
  }
}

/** Shows a query of an index: the example `orders` has one index, to which this adds a second. */
async function makeImagesOfIndexes(browser: Browser): Promise<void> {
  const workFolder = mkdtempSync(path.join(os.tmpdir(), 'console-images-'));
  const folder = path.join(ROOT, 'examples/orders');
  const synthesized = await synth({ folder, workFolder });
  addIndex(path.join(synthesized, 'stacks/orders/cdk.tf.json'), 'byVersion', ['customerId', 'version']);
  const run = await start({ folder, synthesized, port: 0, console: { port: 0 } });
  try {
    const [deployment] = run.deployments;
    await sendOrders(String(deployment?.outputs['url']));
    const page = await browser.newPage();
    await page.setViewport(WIDE);
    await open(page, run.page ?? '', '#tables');
    await page.select('#query-index', 'byStatus');
    await page.type('#query-partition', 'paid');
    await page.keyboard.press('Enter');
    await page.waitForNetworkIdle({ idleTime: 300, concurrency: 1 });
    await shoot(page, 'console-indexes', 'light', WIDE);
    await shoot(page, 'console-indexes-narrow', 'dark', NARROW);
  } finally {
    await run.stop();
    rmSync(workFolder, { recursive: true, force: true });
  }
}

interface TableDefinition {
  readonly attribute: object[];
  readonly global_secondary_index: object[];
}

/** @param key names of a string and of a number */
function addIndex(file: string, name: string, [hash, range]: readonly [string, string]): void {
  const stack = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly resource: { readonly aws_dynamodb_table: Readonly<Record<string, TableDefinition>> };
  };
  for (const table of Object.values(stack.resource.aws_dynamodb_table)) {
    table.attribute.push({ name: range, type: 'N' });
    table.global_secondary_index.push({ name, hash_key: hash, range_key: range, projection_type: 'ALL' });
  }
  writeFileSync(file, JSON.stringify(stack));
}

async function sendOrders(base: string): Promise<void> {
  const customer = '0d9c2f4e-6a3b-4c58-9f0e-2b7a51c8d6e3';
  for (const [sku, quantity, price, status] of [
    ['TEA-250', 2, 4.99, 'paid'],
    ['COCOA-500', 1, 9.75, 'open'],
    ['COFFEE-1KG', 3, 18, 'paid'],
  ] as const) {
    await fetch(`${base}/customers/${customer}/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': sku },
      body: JSON.stringify({ status, lines: [{ sku, quantity, price }] }),
    });
  }
}

async function main(): Promise<void> {
  const executable = findChromium();
  if (executable === undefined) {
    throw new Error(
      'Chromium is neither on the PATH nor in the variable CHROMIUM. Install it, or set CHROMIUM to its path.',
    );
  }
  await makeImages(executable);
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
