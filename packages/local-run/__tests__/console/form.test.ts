/** The form of a route in Chromium, while reloads change the stacks. */
import { setTimeout } from 'node:timers/promises';
import { describeInChromium } from '../support/chromium';
import { deploymentWith, startConsole, type TestConsole } from '../support/console';
import { ConsolePage } from '../support/console-page';

const KEYED_ROUTE = 'POST/prod/keyed/{id}';

describeInChromium('the form of a route', (executable) => {
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

  const reload = () =>
    fixture.history.addReload({ outcome: 'reloaded', files: ['a.ts'], changes: ['x'], milliseconds: 1 });

  test('has a labelled field for each of {id} and ?id=, and the API key filled in', async () => {
    await view.openRow('routes', KEYED_ROUTE);
    await view.type('field-query-id', 'q');
    expect(await view.valueOf('field-path-id')).toBe('example-1');
    expect(await view.submit()).toEqual({ method: 'POST', target: '/prod/keyed/example-1?id=q', key: 'first-key' });
    const allLabelled = "[...document.querySelectorAll('label')].every((label) => label.control !== null)";
    expect(await view.evaluate(allLabelled)).toBe(true);
  });

  test('encodes a path parameter, and is sent with Enter', async () => {
    await view.openRow('routes', 'GET/things/{id}');
    await view.replace('field-path-id', 'é x');
    await view.page.keyboard.press('Enter');
    await view.waitForText('#response', '/things/%C3%A9%20x');
  });

  test('sends any method to $default', async () => {
    await view.openRow('routes', '$default');
    expect(await view.submit()).toEqual({ method: 'GET', target: '/example-1' });
    await view.replace('field-method', 'DELETE');
    await view.type('field-path-path', '/b c');
    expect(await view.submit()).toEqual({ method: 'DELETE', target: '/example-1/b%20c' });
  });

  test('keeps the typed text, the focus and the response after a reload that does not change the route', async () => {
    await view.openRow('routes', KEYED_ROUTE);
    await view.submit();
    await view.type('field-path-id', '-typed');
    reload();
    await setTimeout(200);
    await view.page.keyboard.type('-on');
    expect(await view.valueOf('field-path-id')).toBe('example-1-typed-on');
    expect(await view.page.$('#response')).not.toBeNull();
  });

  test('drops the typed text and keeps the response after a reload that changes the example', async () => {
    fixture.site.deployments = [deploymentWith({ body: { b: 2 } })];
    reload();
    await view.page.waitForFunction("document.getElementById('field-body').value.includes('\"b\": 2')");
    expect(await view.valueOf('field-path-id')).toBe('example-1');
    expect(await view.page.$('#response')).not.toBeNull();
  });

  test('has the new API key after a restart of the local run', async () => {
    await fixture.close();
    fixture.site.deployments = [deploymentWith({ apiKey: 'second-key', body: { b: 2 } })];
    await fixture.start();
    await view.page.waitForFunction("document.getElementById('field-header-x-api-key').value === 'second-key'");
    expect(await view.page.$('#response')).not.toBeNull();
    expect(await view.submit()).toMatchObject({ key: 'second-key' });
  });

  test('says that the local run does not answer, and how to start the local run', async () => {
    await view.openRow('routes', '$default');
    await fixture.close();
    await view.page.click('button[type=submit]');
    await view.waitForText('.detail', 'Not sent');
    expect((await view.texts('.detail pre'))[0]).toMatch(/^The local run does not answer: .*npm start/);
    await fixture.start();
    await view.page.waitForSelector('#connection.on');
  });

  test('an address with an incomplete escape sequence selects no route', async () => {
    await view.evaluate("location.hash = '#routes/s%20POST%2'");
    await view.waitForText('.detail', 'There is no such route');
  });
});
