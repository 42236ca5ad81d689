/** The docs page of a stack in Chromium. */
import { describeInChromium } from '../support/chromium';
import { documentedDeployment, startConsole, type TestConsole } from '../support/console';
import { ConsolePage } from '../support/console-page';

const OPERATION = '#operations-default-createThing';

describeInChromium('the docs page', (executable) => {
  let fixture: TestConsole;
  let view: ConsolePage;
  const requested: string[] = [];

  beforeAll(async () => {
    fixture = await startConsole();
    fixture.site.deployments = [documentedDeployment()];
    view = await ConsolePage.open(executable, fixture.url);
    view.page.on('response', (response) => requested.push(response.url()));
  });

  afterAll(async () => {
    await view.close();
    await fixture.stop();
  });

  /** Clicks an element of the operation. Waits for it, as Swagger UI renders parts of an operation one after the other. */
  async function click(selector: string): Promise<void> {
    await view.page.locator(`${OPERATION} ${selector}`).click();
  }

  /** Fills in the form of the operation, sends it, and returns the text of the response. */
  async function sendOperation(id: string): Promise<string> {
    await view.page.locator(`${OPERATION} input[placeholder="id"]`).fill(id);
    await click('.execute');
    await view.page.waitForSelector(`${OPERATION} .live-responses-table .response`);
    return view.text(`${OPERATION} .live-responses-table`);
  }

  test('opens from the console page, and shows the operations of the stack', async () => {
    await view.page.locator('.list a.docs').click();
    await view.page.waitForSelector('.opblock');
    expect(await view.texts('.opblock-summary-description')).toEqual(['Creates a thing']);
    expect(await view.text('.servers option')).toBe(`${fixture.apiUrl}/prod`);
    expect(await view.page.title()).toBe('shop: API docs');
  });

  test('sends a request with the API key to the running API, and shows the response', async () => {
    await click('.opblock-summary-control');
    const text = await sendOperation('é ..');
    expect(text).toContain('"method":"POST"');
    expect(text).toContain('"target":"/prod/keyed/%C3%A9%20.."');
    expect(text).toContain('"key":"first-key"');
    expect(await view.text(`${OPERATION} .curl`)).toContain(`'${fixture.apiUrl}/prod/keyed/%C3%A9%20..'`);
  });

  test('fills in the example of a body that has no schema', async () => {
    expect(await view.evaluate(`document.querySelector('${OPERATION} textarea.body-param__text').value`)).toBe(
      '{\n  "a": 1\n}',
    );
    expect(await view.text(`${OPERATION} .curl`)).toContain('"a": 1');
  });

  test('keeps the path segments . and .. of a request', async () => {
    await click('.btn-clear');
    expect(await sendOperation('..')).toContain('"target":"/prod/keyed/.."');
  });

  test('loads all files from the console, without warnings', () => {
    expect(requested.some((url) => url.endsWith('/swagger-ui-bundle.js'))).toBe(true);
    expect(requested.filter((url) => !url.startsWith(fixture.url) && !url.startsWith('data:'))).toEqual([]);
    expect(view.problems).toEqual([]);
  });

  test('shows an error when the local run does not answer', async () => {
    await click('.btn-clear');
    await fixture.close();
    expect(await sendOperation('a')).toContain('The local run does not answer');
    await fixture.start();
  });

  test('loads no image of another origin, and runs no script of the document', async () => {
    const image = `${fixture.apiUrl}/x.png`;
    const hostile = `<img src="${image}" onerror="document.title='hacked'"><script>document.title='hacked'</script>`;
    fixture.site.deployments = [documentedDeployment(hostile)];
    await view.page.goto(`${fixture.url}docs/shop`);
    await view.page.waitForSelector('.info img');
    await view.page.waitForNetworkIdle();
    expect(requested).not.toContain(image);
    expect(await view.page.title()).toBe('shop: API docs');
  });
});
