/** The console page's forms and lists over stacks that change under them; the API behind them is an echo. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'puppeteer-core';
import type { Deployment, RestRouteDeployment } from '../../src/model/deployment';
import type { RequestLog } from '../../src/services/api-gateway/server';
import { History } from '../../src/console/history';
import { ConsoleServer } from '../../src/console/server';
import { describeInChromium, launch } from '../support/chromium';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const THROTTLE = { rate: 1, burst: 1 };

/** A REST API whose route needs the key, and an HTTP API with a route that takes anything. */
function deploymentOf(apiKey: string, body: unknown = { a: 1 }): Deployment {
  const base = { functionArn: FUNCTION, timeoutMs: 1, permitted: true };
  const keyed: RestRouteDeployment = {
    ...base,
    routeKey: 'POST /keyed/{id}',
    resourceId: 'r',
    apiKeyRequired: true,
    example: { body, query: ['id'] },
  };
  const common = { id: 'i', name: 'n', throttle: THROTTLE };
  const usagePlans = [{ name: 'p', throttle: THROTTLE, keys: [{ id: 'k', value: apiKey }] }];
  return {
    stack: 's',
    tables: [],
    functions: [],
    roles: [],
    apis: [
      { ...common, kind: 'rest-api', address: 'rest', stage: 'prod', deploymentId: 'd', usagePlans, routes: [keyed] },
      {
        ...common,
        kind: 'http-api',
        address: 'http',
        stage: '$default',
        routes: [{ ...base, routeKey: '$default' }],
      },
    ],
    outputs: { api_key: apiKey },
  };
}

describeInChromium('in Chromium', (executable) => {
  let api: Server;
  let browser: Browser;
  let page: Page;
  let site: { deployments: readonly Deployment[]; urlOf(): string };
  let history: History;
  let server: ConsoleServer;
  let url: string;
  const faults: string[] = [];

  beforeAll(async () => {
    api = createServer((request, response) => {
      request.resume().once('end', () => {
        const { method, url: target, headers } = request;
        response.end(JSON.stringify({ method, target, key: headers['x-api-key'] }));
      });
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const { port } = api.address() as AddressInfo;
    site = { deployments: [deploymentOf('first-key')], urlOf: () => `http://127.0.0.1:${port}` };
    await serve(0);
    browser = await launch(executable);
    page = await browser.newPage();
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(url);
    await page.waitForSelector('.list a');
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
    api.close();
  });

  afterEach(() => expect(faults).toEqual([]));

  /** A run of its own: nothing of an earlier one is known to it. */
  const serve = async (port: number) => {
    history = new History();
    server = new ConsoleServer({ site, history, dynamodbEndpoint: 'http://127.0.0.1:1' });
    url = await server.listen(port, false);
  };
  const evaluated = async <T>(script: string) => (await page.evaluate(script)) as T;
  const valueOf = (id: string) => evaluated<string>(`document.getElementById(${JSON.stringify(id)}).value`);
  const open = async (label: string) => {
    await page.click('nav a[href="#routes"]');
    const wanted = `//a[contains(@class,"row")][normalize-space(.)="${label}"]`;
    await page.locator(`::-p-xpath(${wanted})`).click();
    await page.waitForSelector(`::-p-xpath(${wanted}[@aria-current])`);
  };
  const sent = async () => {
    await evaluated("document.querySelector('#response')?.remove()");
    await page.click('button[type=submit]');
    await page.waitForSelector('#response');
    return JSON.parse(await evaluated<string>("document.querySelector('#response').textContent")) as unknown;
  };
  const reload = () => history.addReload({ outcome: 'reloaded', files: ['a.ts'], changes: ['x'], milliseconds: 1 });
  const typed = async (id: string, text: string) => {
    await page.focus(`[id="${id}"]`);
    await page.keyboard.type(text);
  };

  test('{id} and ?id= are fields of their own, each with its label', async () => {
    await open('POST/prod/keyed/{id}');
    await typed('field-query-id', 'q');
    expect(await valueOf('field-path-id')).toBe('example-1');
    expect(await sent()).toEqual({ method: 'POST', target: '/prod/keyed/example-1?id=q', key: 'first-key' });
    const labels = "[...document.querySelectorAll('label')].every((label) => label.control !== null)";
    expect(await evaluated(labels)).toBe(true);
  });

  test('a $default route can be sent to, by any method', async () => {
    await open('$default');
    expect(await sent()).toEqual({ method: 'GET', target: '/example-1' });
    await page.$eval('#field-method', (input) => (input as unknown as { select(): void }).select());
    await page.keyboard.type('DELETE');
    await typed('field-path-path', '/b c');
    expect(await sent()).toEqual({ method: 'DELETE', target: '/example-1/b%20c' });
  });

  test('a reload that changes nothing of a form leaves what is typed, the focus and the answer', async () => {
    await open('POST/prod/keyed/{id}');
    await sent();
    await typed('field-path-id', '-typed');
    reload();
    await setTimeout(200);
    await page.keyboard.type('-on');
    expect(await valueOf('field-path-id')).toBe('example-1-typed-on');
    expect(await page.$('#response')).not.toBeNull();
  });

  test('a reload that changes the example drops the draft, and leaves the answer', async () => {
    site.deployments = [deploymentOf('first-key', { b: 2 })];
    reload();
    await page.waitForFunction("document.getElementById('field-body').value.includes('\"b\": 2')");
    expect(await valueOf('field-path-id')).toBe('example-1');
    expect(await page.$('#response')).not.toBeNull();
  });

  test('after the run was started again the form has its new key', async () => {
    const { port } = new URL(url);
    await server.close();
    site.deployments = [deploymentOf('second-key', { b: 2 })];
    await serve(Number(port));
    await page.waitForFunction("document.getElementById('field-header-x-api-key').value === 'second-key'");
    expect(await page.$('#response')).not.toBeNull();
    expect(await sent()).toMatchObject({ key: 'second-key' });
  });

  test('an address that was cut off within an escape says that there is no such route', async () => {
    await evaluated("location.hash = '#routes/s%20POST%2'");
    await page.waitForFunction("document.querySelector('.detail').textContent.startsWith('There is no such route')");
  });

  test('a failed reload is told to who opens the page after it, and no more once another run answers', async () => {
    const told = "!notice.hidden && notice.textContent.includes('boom')";
    history.addReload({ outcome: 'failed', files: ['a.ts'], changes: [], milliseconds: 1, error: 'boom' });
    await page.waitForFunction(told);
    await page.reload();
    await page.waitForFunction(told);
    const { port } = new URL(url);
    await server.close();
    await serve(Number(port));
    await page.waitForFunction('notice.hidden');
  });

  test('a form that is sent after the run ended says so, and what to do', async () => {
    await open('$default');
    const { port } = new URL(url);
    await server.close();
    await page.click('button[type=submit]');
    await page.waitForFunction("document.querySelector('.detail').textContent.includes('Not sent')");
    const [shown] = await evaluated<string[]>(
      "[...document.querySelectorAll('.detail pre')].map((one) => one.textContent)",
    );
    expect(shown).toMatch(/^The local run does not answer: .*npm start/);
    await serve(Number(port));
    await page.waitForSelector('#connection.on');
  });

  test('under load the list is drawn, and the newest asked for, a few times a second', async () => {
    await page.click('nav a[href="#requests"]');
    await page.waitForSelector('.list[data-view="requests"]');
    let asked = 0;
    page.on('request', (request) => {
      if (/\/api\/requests\/\d+$/.test(request.url())) asked += 1;
    });
    await evaluated(`
      globalThis.drawn = 0;
      new MutationObserver((records) => {
        drawn += records.filter(({ addedNodes }) => [...addedNodes].some((one) => one.matches?.('.list'))).length;
      }).observe(document.getElementById('main'), { childList: true });
    `);
    const began = performance.now();
    for (let n = 1; n <= 1000; n += 1) {
      history.addRequest(requestOf(n));
      if (n % 20 === 0) await setTimeout(20);
    }
    await page.waitForFunction("document.querySelector('.detail h2')?.textContent.includes('/n1000')");
    const seconds = (performance.now() - began) / 1000;
    const drawn = await evaluated<number>('drawn');
    console.info(
      `1000 requests in ${seconds.toFixed(1)} s: list drawn ${drawn} times, detail asked for ${asked} times`,
    );
    expect(asked).toBeLessThanOrEqual(seconds * 3 + 2);
    expect(drawn).toBeLessThanOrEqual(seconds * 7 + 2);
    expect(await evaluated("document.querySelectorAll('.row').length")).toBe(200);
  });
});

function requestOf(n: number): RequestLog {
  const invocation = { functionName: 'f', requestId: `i${n}`, event: { body: '' }, result: '{}' };
  return {
    method: 'GET',
    path: `/n${n}`,
    milliseconds: 1,
    response: { status: 200, headers: [], body: Buffer.alloc(0) },
    trace: { stack: 's', api: 'n', requestId: `r${n}`, heldMs: 0, invocation },
  };
}
