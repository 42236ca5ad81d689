/** The console page of a run, as a browser shows it. */
import type { Browser, Page } from 'puppeteer-core';
import { describeInChromium, launch } from '../support/chromium';
import { send, sendJson } from '../support/http';
import { type LocalRun, startLocalRun } from '../../../../__tests__/support/local-run';

/** What a stranger might store. */
const HOSTILE = '<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script>';

describeInChromium('in Chromium', (executable) => {
  let run: LocalRun;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    [run, browser] = await Promise.all([startLocalRun(), launch(executable)]);
    const [, url = ''] = /console\n +(http:\S+)/.exec(run.printed()) ?? [];
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warn') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(url);
    await page.waitForSelector('.list a');
  });

  afterAll(async () => {
    await browser.close();
    await run.stop();
  });

  afterEach(() => expect(faults).toEqual([]));

  const open = async (view: string, row: string) => {
    await page.click(`nav a[href="#${view}"]`);
    await page.waitForSelector(`.list[data-view="${view}"]`);
    const wanted = `//a[contains(@class,"row")][normalize-space(.)="${row}"]`;
    await page.locator(`::-p-xpath(${wanted})`).click();
    // Something was current before, with a form like this one's.
    await page.waitForSelector(`::-p-xpath(${wanted}[@aria-current])`);
  };
  /** Waits until the first such element has this in its text. */
  const shows = (selector: string, wanted: string) =>
    page.waitForFunction(
      `document.querySelector(${JSON.stringify(selector)})?.textContent?.includes(${JSON.stringify(wanted)})`,
    );
  const text = async (selector: string) =>
    String(await page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent`));
  const texts = async (selector: string) => {
    const script = `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.textContent)`;
    return (await page.evaluate(script)) as string[];
  };
  const submit = async () => {
    await page.evaluate("document.querySelector('#response')?.remove()");
    await page.click('button[type=submit]');
    await page.waitForSelector('#response');
    return text('#response');
  };

  test('routes: the prefilled form is one that the route takes, the key filled in', async () => {
    await open('routes', 'PUT/items');
    expect(await submit()).toBe('"Put item example-1"');
    await open('routes', 'GET/items/{id}');
    expect(JSON.parse(await submit())).toMatchObject({ Item: { id: 'example-1', price: 1 } });
    await open('routes', 'POST/prod/dynamodbmanager');
    expect(await page.$eval('#field-header-x-api-key', (input) => (input as { value?: string }).value)).toBe(
      run.outputs['manager']?.['api_key'],
    );
    expect(await submit()).toBe('{}');
    await open('routes', 'POST/prod/product');
    expect(await submit()).toBe('"Added/Updated product example-1"');
    expect(await text('.badge.s2')).toBe('200');
  });

  test('a form by keyboard, with a path parameter that has to be encoded', async () => {
    await open('routes', 'GET/items/{id}');
    await page.focus('#field-path-id');
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type('é x');
    await page.keyboard.press('Enter');
    await shows('#response', '"status"');
    expect(await text('#response')).toMatch(/no item with the id .*é x/);
  });

  test('the list is walked by the arrows, and Enter opens what is chosen', async () => {
    await page.click('nav a[href="#routes"]');
    // The list of what was shown before goes a moment later, and a focus in it with it.
    await shows('.detail h2', 'DELETE /items/{id}');
    await page.focus('.list a');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await shows('.detail h2', 'GET /items');
  });

  test('tables: items, and what strangers stored is text', async () => {
    await sendJson(run.url, 'PUT', '/items', { id: HOSTILE.replaceAll('/', ''), price: 12345.5, name: HOSTILE });
    for (let n = 0; n < 30; n += 1) await sendJson(run.url, 'PUT', '/items', { id: `n${n}`, price: n, name: 'x' });
    await open('tables', 'http-crud-tutorial-itemsid');
    await page.waitForSelector('tbody tr');
    expect(await texts('thead th')).toEqual(['id', 'price', 'name']);
    const first = await texts('tbody tr');
    expect(first).toHaveLength(25);
    await page.locator('::-p-text(Next)').click();
    await shows('.actions [role=status]', 'Page 2');
    const second = await texts('tbody tr');
    const all = [...first, ...second];
    expect(new Set(all).size).toBe(32);
    expect(all.some((row) => row.includes(HOSTILE))).toBe(true);
    expect(await page.$$('td img, td script')).toEqual([]);
    expect(await page.title()).toBe('Local run');
  });

  test('tables: a double click on Next goes one page on, and the keyboard stays on the button', async () => {
    await page.locator('::-p-text(Previous)').click();
    await shows('.actions [role=status]', 'Page 1');
    const refresh = '[...document.querySelectorAll(".actions button")].find((one) => one.textContent === "Refresh")';
    await page.evaluate(
      `{ const button = ${refresh}; button.focus(); for (const _ of [1, 2]) button.previousSibling.click(); }`,
    );
    // The page's events stay open, and are no request that ends.
    await page.waitForNetworkIdle({ idleTime: 300, concurrency: 1 });
    expect(await text('.actions [role=status]')).toMatch(/^Page 2,/);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Refresh');
  });

  test('requests: live, with calls, log lines, event and result', async () => {
    await page.click('nav a[href="#requests"]');
    await send(run.url, 'GET', '/items/live-one');
    await shows('.row span[title]', '/items/live-one');
    await shows('.detail h2', 'GET /items/live-one');
    // The function's line, and Lambda's own about the invocation.
    await shows('.detail', 'Log (');
    const detail = await text('.detail');
    expect(detail).toContain('GetItemalloweddynamodb:GetItem table/http-crud-tutorial-items');
    expect(detail).toContain('"routeKey": "GET /items/{id}"');
    expect(detail).toContain('"statusCode": 404');
    expect(await text('#connection')).toBe('live');
  });
});
