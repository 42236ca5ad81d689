/** The form of a route that needs a token, in Chromium. */
import { describeInChromium } from '../support/chromium';
import { deploymentWith, startConsole, type TestConsole } from '../support/console';
import { ConsolePage } from '../support/console-page';

describeInChromium('the form of a route that needs a token', (executable) => {
  let fixture: TestConsole;
  let view: ConsolePage;

  beforeAll(async () => {
    fixture = await startConsole();
    const [rest, http] = deploymentWith().apis;
    const [route] = http?.routes ?? [];
    if (!rest || http?.kind !== 'http-api' || !route) throw new Error('The support file has other APIs.');
    const authorization = { kind: 'jwt', issuer: 'https://id/', audience: ['notes'], scopes: ['notes:read'] } as const;
    const apis = [{ ...http, routes: [{ ...route, authorization }] }];
    fixture.site.deployments = [{ ...deploymentWith(), apis }];
    view = await ConsolePage.open(executable, fixture.url);
  });

  afterAll(async () => {
    await view.close();
    await fixture.stop();
  });

  async function claims(): Promise<unknown> {
    const [, part = ''] = (await view.valueOf('field-header-authorization')).split('.');
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  }

  test('gets a token for another caller with other scopes', async () => {
    await view.openRow('routes', 'GET/things/{id}');
    expect(await claims()).toMatchObject({ sub: 'example-user', aud: 'notes', scope: 'notes:read' });
    await view.page.click('#token summary');
    const before = await view.valueOf('field-header-authorization');
    await view.replace('field-token-sub', 'alice');
    await view.replace('field-token-scopes', 'notes:read notes:write');
    await view.page.click('#new-token');
    const field = "document.getElementById('field-header-authorization').value";
    await view.page.waitForFunction(`${field} !== ${JSON.stringify(before)}`);
    expect(await claims()).toMatchObject({
      iss: 'https://id/',
      aud: 'notes',
      sub: 'alice',
      scope: 'notes:read notes:write',
    });
    expect(view.problems).toEqual([]);
  });
});
