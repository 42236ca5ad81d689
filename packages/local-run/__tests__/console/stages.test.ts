/** An API with several stages on the console page in Chromium: headings, forms and requests of each stage, and sensitive outputs. */
import { describeInChromium } from '../support/chromium';
import { deploymentWith, invocationOf, requestOf, startConsole, type TestConsole } from '../support/console';
import { ConsolePage } from '../support/console-page';

describeInChromium('the console page', (executable) => {
  let fixture: TestConsole;
  let view: ConsolePage;

  beforeAll(async () => {
    fixture = await startConsole();
    const deployment = deploymentWith();
    const stages = ['$default', 'blue', 'green'];
    const [, http] = deployment.apis;
    const apis = stages.flatMap((stage) => (http ? [{ ...http, stage }] : []));
    const outputs = { password: 'open-sesame', urls: { blue: 'http://127.0.0.1:1/blue' } };
    fixture.site.deployments = [{ ...deployment, apis, outputs, sensitiveOutputs: ['password'] }];
    for (const [index, path] of ['/things/a', '/green/things/a', '/blue/other'].entries()) {
      const routeKey = path.endsWith('other') ? '$default' : 'GET /things/{id}';
      const request = { rawHeaders: [], body: Buffer.alloc(0) };
      const log = { api: 'http', method: 'GET', path, routeKey, request };
      fixture.history.addRequest(requestOf(invocationOf(index), log));
    }
    view = await ConsolePage.open(executable, fixture.url);
  });

  afterAll(async () => {
    await view.close();
    await fixture.stop();
  });

  afterEach(() => expect(view.problems).toEqual([]));

  test('each stage has a heading and its routes', async () => {
    expect(await view.texts('.list .subgroup')).toEqual(['n', 'n, stage blue', 'n, stage green']);
    expect(await view.texts('.list .row')).toEqual([
      ...['GET/things/{id}', '$default', 'GET/blue/things/{id}', '$default/blue'],
      ...['GET/green/things/{id}', '$default/green'],
    ]);
  });

  test.each([
    ['GET/green/things/a', 'GET /green/things/{id}'],
    ['GET/blue/other', '$default /blue'],
    ['GET/things/a', 'GET /things/{id}'],
  ])('Edit and send opens the request %s in the form of %s', async (request, route) => {
    await view.openView('requests');
    await view.page
      .locator(`::-p-xpath(//a[contains(@class,"row")][contains(normalize-space(.),"${request}")])`)
      .click();
    await view.page.locator('::-p-text(Edit and send)').click();
    await view.waitForText('.detail h2', route);
  });

  test('the outputs of a stack show <sensitive> in place of sensitive values', async () => {
    await view.openRow('routes', 'GET/blue/things/{id}');
    await view.waitForText('.detail', '<sensitive>');
    expect(await view.text('.detail')).not.toContain('open-sesame');
  });
});
