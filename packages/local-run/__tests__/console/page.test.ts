/** Lists, tables, requests and notices of the console page in Chromium. */
import { setTimeout } from 'node:timers/promises';
import { describeInChromium } from '../support/chromium';
import { invocationOf, requestOf, startConsole, TABLE, type TestConsole } from '../support/console';
import { ConsolePage } from '../support/console-page';

/** An attribute value that would run if it were parsed as HTML. */
const HOSTILE = '<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script>';

describeInChromium('the console page', (executable) => {
  let fixture: TestConsole;
  let view: ConsolePage;

  beforeAll(async () => {
    fixture = await startConsole();
    view = await ConsolePage.open(executable, fixture.url);
  });

  afterAll(async () => {
    await view.close();
    await fixture.stop();
  });

  afterEach(() => expect(view.problems).toEqual([]));

  test('the arrow keys move through the list, and Enter opens an entry', async () => {
    await view.openView('routes');
    await view.waitForText('.detail h2', 'GET /things/{id}');
    await view.page.focus('.list a');
    await view.page.keyboard.press('End');
    expect(await view.evaluate('document.activeElement.textContent')).toBe('$default');
    await view.page.keyboard.press('Home');
    await view.page.keyboard.press('Enter');
    await view.waitForText('.detail h2', 'POST /prod/keyed/{id}');
  });

  test('a table shows its items page by page, as text', async () => {
    await fixture.putItem({ id: { S: HOSTILE }, price: { N: '12345.5' }, name: { S: HOSTILE } });
    for (let n = 0; n < 30; n += 1) {
      await fixture.putItem({ id: { S: `n${n}` }, price: { N: String(n) }, name: { S: 'x' } });
    }
    await view.openRow('tables', `${TABLE}id`);
    await view.page.waitForSelector('tbody tr');
    expect(await view.texts('thead th')).toEqual(['', 'id', 'price', 'name']);
    const first = await view.texts('tbody tr');
    expect(first).toHaveLength(25);
    await view.page.locator('::-p-text(Next)').click();
    await view.waitForText('.actions [role=status]', 'Page 2');
    const all = [...first, ...(await view.texts('tbody tr'))];
    expect(new Set(all).size).toBe(31);
    expect(all.some((row) => row.includes(HOSTILE))).toBe(true);
    expect(await view.page.$$('td img, td script')).toEqual([]);
    expect(await view.page.title()).toBe('Local run');
  });

  test('a double click on Next goes forward one page; the focused button keeps the focus', async () => {
    await view.page.locator('::-p-text(Previous)').click();
    await view.waitForText('.actions [role=status]', 'Page 1');
    await view.evaluate(`{
      const [, next, refresh] = document.querySelectorAll('.items .actions button');
      refresh.focus();
      next.click();
      next.click();
    }`);
    // The stream of events stays open: one request never ends.
    await view.page.waitForNetworkIdle({ idleTime: 300, concurrency: 1 });
    expect(await view.text('.actions [role=status]')).toMatch(/^Page 2,/);
    expect(await view.evaluate('document.activeElement.textContent')).toBe('Refresh');
  });

  test('a new request appears with its calls, log lines, event and result', async () => {
    await view.openView('requests');
    const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TABLE}`;
    fixture.history.addLogLine('a line of the function', 'i1');
    fixture.history.addRequest(
      requestOf(invocationOf(1, 'the body', '{"statusCode":404}'), {
        path: '/things/live',
        calls: [
          {
            accessKeyId: 'a',
            functionName: 'things-function',
            roleArn: 'r',
            operation: 'GetItem',
            decision: 'denied',
            reason: 'no statement allows it',
            parts: [{ action: 'dynamodb:GetItem', resource: arn, decision: 'denied' }],
            status: 400,
            milliseconds: 1,
          },
        ],
      }),
    );
    await view.waitForText('.row span[title]', '/things/live');
    expect(await view.text('.row .aside')).toBe('denied');
    await view.waitForText('.detail h2', 'PUT /things/live');
    const detail = await view.text('.detail');
    expect(detail).toContain(`GetItemdenied no statement allows itdynamodb:GetItem table/${TABLE}`);
    expect(detail).toContain('Log (1)a line of the function');
    expect(detail).toContain('"body": "the body"');
    expect(detail).toContain('"statusCode": 404');
    expect(await view.text('#connection')).toBe('live');
  });

  test('a page that opens after a failed reload shows the failure, until the local run restarts', async () => {
    const isShown = "!notice.hidden && notice.textContent.includes('boom')";
    fixture.history.addReload({ outcome: 'failed', files: ['a.ts'], changes: [], milliseconds: 1, error: 'boom' });
    await view.page.waitForFunction(isShown);
    await view.page.reload();
    await view.page.waitForFunction(isShown);
    await fixture.close();
    await fixture.start();
    await view.page.waitForFunction('notice.hidden');
  });

  test('1,000 requests in a second redraw the list and the detail a few times a second', async () => {
    await view.openView('requests');
    let detailCalls = 0;
    view.page.on('request', (request) => {
      if (/\/api\/requests\/\d+$/.test(request.url())) detailCalls += 1;
    });
    await view.evaluate(`
      globalThis.drawings = 0;
      new MutationObserver((records) => {
        const isList = (node) => node.matches?.('.list');
        drawings += records.filter(({ addedNodes }) => [...addedNodes].some(isList)).length;
      }).observe(document.querySelector('.side'), { childList: true });
    `);
    const start = performance.now();
    for (let n = 1; n <= 1000; n += 1) {
      fixture.history.addRequest(requestOf(invocationOf(n, '', '{}')));
      if (n % 20 === 0) await setTimeout(20);
    }
    await view.waitForText('.detail h2', '/i1000');
    const seconds = (performance.now() - start) / 1000;
    const drawings = await view.evaluate<number>('drawings');
    console.info(`In ${seconds.toFixed(1)} s: ${drawings} drawings of the list, ${detailCalls} calls for the detail`);
    expect(detailCalls).toBeLessThanOrEqual(seconds * 3 + 2);
    expect(drawings).toBeGreaterThan(0);
    expect(drawings).toBeLessThanOrEqual(seconds * 7 + 2);
    expect(await view.evaluate("document.querySelectorAll('.row').length")).toBe(200);
  });
});
