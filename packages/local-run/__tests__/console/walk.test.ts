/** The console page of a whole run, walked by mouse and by keyboard alone in Chromium. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describeInChromium } from '../support/chromium';
import { ConsolePage } from '../support/console-page';
import { type PetsRun, startPetsRun } from '../support/pets-run';

describeInChromium('the console page of a run', (executable) => {
  let fixture: PetsRun;
  let view: ConsolePage;

  beforeAll(async () => {
    fixture = await startPetsRun();
    view = await ConsolePage.open(executable, fixture.page);
    await view.page.setViewport({ width: 1200, height: 800 });
    const permissions = ['clipboard-read', 'clipboard-write'].map((name) => ({
      permission: { name },
      state: 'granted' as const,
    }));
    await view.page.browserContext().setPermission(new URL(fixture.page).origin, ...permissions);
  });

  afterAll(async () => {
    await view.close();
    await fixture.stop();
  });

  afterEach(() => expect(view.problems).toEqual([]));

  const { stringify } = JSON;
  const focused = () => view.evaluate<string>('document.activeElement.id || document.activeElement.textContent');
  const clipboard = () => view.evaluate<string>('navigator.clipboard.readText()');
  const clickText = (text: string) => view.page.locator(`::-p-xpath(//button[normalize-space(.)="${text}"])`).click();
  const waitFor = (text: string, selector = '.detail') => view.waitForText(selector, text);

  /** Not synchronous: the run that answers is in this process. */
  const runInShell = async (command: string) => (await promisify(execFile)('sh', ['-c', command])).stdout;

  /** Presses Tab until this element has the focus. */
  async function tabTo(target: string): Promise<void> {
    for (let count = 0; count < 60; count += 1) {
      await view.page.keyboard.press('Tab');
      if ((await focused()) === target) return;
    }
    throw new Error(`Tab does not reach ${target}.`);
  }

  test('opens on a GET route', async () => {
    await waitFor('GET /pets', '.detail h2');
    expect(await view.text('.row[aria-current]')).toBe('GET/pets');
  });

  test('by mouse: sends a header, and shows the answer before the calls and log lines', async () => {
    await clickText('Add header');
    await view.page.keyboard.type('X-Tag');
    await view.type('field-more-header-value-0', 'red');
    await view.page.click('button[type=submit]');
    await waitFor('"tag": "red"', '#response');
    await waitFor('served /pets', '.answer');
    const texts = await view.texts('.answer h3');
    expect(texts).toEqual([
      'Answer',
      expect.stringMatching(/^Headers/),
      'DynamoDB calls (0)',
      'Log (1)',
      'Request',
      'Event',
      'Result',
    ]);
  });

  test('remembers the added header after the page is opened again', async () => {
    await view.page.reload();
    await view.page.waitForSelector('#field-more-header-value-0');
    expect(await view.valueOf('field-more-header-value-0')).toBe('red');
  });

  test('by mouse: filters the requests, sends one again, and edits it', async () => {
    await view.openView('requests');
    await waitFor('GET /pets', '.detail h2');
    await view.page.type('.tools input', 'nothing like this');
    await waitFor('matches the filter', '.list');
    await view.evaluate("document.querySelector('.tools input').select()");
    await view.page.keyboard.type('get /pets');
    await view.page.select('select[aria-label=Status]', '2');
    await clickText('Send again');
    await view.page.waitForFunction("document.querySelectorAll('.row').length === 2");
    await waitFor('"tag": "red"', '.answer pre');
    await clickText('Edit and send');
    await view.page.waitForSelector('#field-more-header-value-0');
    expect(await view.valueOf('field-more-header-name-0')).toBe('x-tag');
  });

  test('names the first fault of a 400, and finds the request by it', async () => {
    await view.openRow('routes', 'GET/pets/{id}');
    await waitFor('GET /pets/{id}', '.detail h2');
    await view.replace('field-path-id', 'bad');
    await view.page.click('button[type=submit]');
    await waitFor('400', '.answer');
    await view.openView('requests');
    await view.evaluate("document.querySelector('.tools input').select()");
    await view.page.keyboard.type('is bad');
    await view.page.select('select[aria-label=Status]', '4');
    await waitFor('id: is bad', '.why');
    expect(await view.texts('.row .below')).toEqual([expect.stringMatching(/ {2}pets$/)]);
  });

  test('copies a curl command that a shell runs unchanged', async () => {
    await view.openRow('routes', 'GET/pets');
    await view.replace('field-more-header-value-0', 'it\'s $HOME \\ "x"');
    await clickText('Copy as curl');
    await waitFor('Copied');
    const answer = await runInShell(`${await clipboard()} -s`);
    expect(JSON.parse(answer)).toMatchObject({ method: 'GET', tag: 'it\'s $HOME \\ "x"' });
    await view.openView('requests');
    await view.page.select('select[aria-label=Status]', '');
    await view.evaluate(
      "{ const input = document.querySelector('.tools input'); input.value = ''; input.dispatchEvent(new Event('input')); }",
    );
    await clickText('Copy as curl');
    await waitFor('Copied');
    const again = await runInShell(`${await clipboard()} -s`);
    expect(JSON.parse(again)).toEqual(JSON.parse(answer));
  });

  test('by keyboard: sends a request with a token of another caller', async () => {
    await view.page.reload();
    await view.page.waitForSelector('.list .row');
    await view.page.keyboard.press('1');
    await view.page.waitForSelector('.list[data-view=routes] .row');
    await view.page.keyboard.press('/');
    await view.page.keyboard.type('zoo put');
    await view.page.waitForFunction("document.querySelectorAll('.row').length === 1");
    await tabTo('PUT/pets');
    await view.page.keyboard.press('Enter');
    await waitFor('PUT /pets', '.detail h2');
    await tabTo('Token in authorization: another caller, scopes, claims or expiry');
    await view.page.keyboard.press('Enter');
    await tabTo('field-token-sub');
    await view.page.keyboard.type('ann');
    await tabTo('field-token-claims');
    await view.page.keyboard.type('{"tenant":"t1"}');
    await tabTo('new-token');
    await view.page.keyboard.press('Enter');
    await waitFor('The new token expires at');
    await view.page.focus('#field-body');
    await view.page.keyboard.down('Control');
    await view.page.keyboard.press('Enter');
    await view.page.keyboard.up('Control');
    await waitFor('"sub": "ann"', '#response');
    expect(JSON.parse(await view.text('#response'))).toMatchObject({ method: 'PUT', sub: 'ann', tenant: 't1' });
  });

  test('by keyboard: Escape leaves the detail and empties the search', async () => {
    await view.page.keyboard.press('Escape');
    expect(await focused()).toBe('PUT/pets');
    await view.page.keyboard.press('/');
    await view.page.keyboard.press('Escape');
    await view.page.waitForFunction("document.querySelectorAll('.row').length === 8");
    expect(await view.evaluate("document.querySelector('.tools input').value")).toBe('');
    await view.page.keyboard.press('Escape');
    await view.page.keyboard.press('?');
    await waitFor('Keyboard shortcuts', 'dialog[open]');
    await view.page.keyboard.press('Escape');
    await view.page.waitForFunction("document.querySelector('dialog') === null");
  });

  test('by keyboard: creates, changes and deletes an item with exact numbers', async () => {
    await view.page.keyboard.press('2');
    await waitFor('No items.');
    await tabTo('Create item');
    await view.page.keyboard.press('Enter');
    await view.page.waitForSelector('dialog textarea');
    const item = { id: 'a', price: 0, tags: { SS: ['x', 'y'] }, odd: { M: { SS: { L: [{ S: 'x' }] } } } };
    const text = stringify(item).replace(':0,', ':12345678901234567890.12345,');
    await replaceText(text);
    await saveByKeyboard();
    await waitFor('The item is created.');
    expect(await view.texts('thead th')).toEqual(['', 'id', 'price', 'tags', 'odd']);
    expect((await view.texts('tbody td')).slice(1)).toEqual([
      'a',
      '12345678901234567890.12345',
      '{ "SS": [ "x", "y" ] }',
      '{ "M": { "SS": { "L": [ { "S": "x" } ] } } }',
    ]);
    await tabTo('Edit');
    await view.page.keyboard.press('Enter');
    await view.page.waitForSelector('dialog textarea');
    expect(await view.evaluate("document.querySelector('dialog textarea').value")).toContain(
      '12345678901234567890.12345',
    );
    await replaceText('{"id": "a", "n": [1, null, true]}');
    await saveByKeyboard();
    await waitFor('The item is saved.');
    expect((await view.texts('tbody td')).slice(1)).toEqual(['a', '[ 1, null, true ]']);
    await tabTo('Edit');
    await view.page.keyboard.press('Enter');
    await view.page.waitForSelector('dialog textarea');
    await tabTo('Delete ...');
    await view.page.keyboard.press('Enter');
    await waitFor('Delete the item id = a? This cannot be undone.', 'dialog');
    expect(await focused()).toBe('Delete');
    await view.page.keyboard.press('Enter');
    await waitFor('No items.');
  });

  async function replaceText(text: string): Promise<void> {
    await view.evaluate("document.querySelector('dialog textarea').select()");
    await view.page.keyboard.sendCharacter(text);
  }

  async function saveByKeyboard(): Promise<void> {
    await view.page.keyboard.down('Control');
    await view.page.keyboard.press('Enter');
    await view.page.keyboard.up('Control');
  }

  test('says what is wrong with the text of an item, and that an item has changed meanwhile', async () => {
    await view.openRow('tables', 'zooid');
    await putItem({ id: { S: 'b' }, n: { N: '1' } });
    await clickText('Refresh');
    await view.page.waitForSelector('tbody tr button');
    await clickText('Edit');
    await view.page.waitForSelector('dialog textarea');
    await replaceText('{"id": ');
    await clickText('Save');
    await waitFor('This is not JSON: ', 'dialog .message');
    await putItem({ id: { S: 'b' }, n: { N: '2' } }, { id: { S: 'b' }, n: { N: '1' } });
    await replaceText('{"id": "b", "n": 3}');
    await clickText('Save');
    await waitFor('has changed meanwhile', 'dialog .message');
    await clickText('Show the current item');
    expect(await view.evaluate("document.querySelector('dialog textarea').value")).toBe('{\n  "id": "b",\n  "n": 2\n}');
    await view.page.keyboard.sendCharacter(' ');
    await view.page.keyboard.press('Escape');
    await waitFor('Press Escape again', 'dialog .message');
    await view.page.keyboard.press('Escape');
    await view.page.waitForFunction("document.querySelector('dialog') === null");
  });

  async function putItem(item: object, previous?: object): Promise<void> {
    const response = await fetch(`${fixture.page}api/tables/zoo/item`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: stringify({ item, previous }),
    });
    expect(response.status).toBe(200);
  }

  test('finds items by key', async () => {
    await view.page.type('#query-partition', 'nobody');
    await clickText('Find');
    await waitFor('No items.');
    await view.replace('query-partition', 'b');
    await view.page.keyboard.press('Enter');
    await waitFor('Page 1, 1 item');
  });

  test.each(['routes', 'tables', 'requests'] as const)(
    '%s have no horizontal scroll bar at 360 pixels',
    async (name) => {
      await view.page.setViewport({ width: 360, height: 640 });
      await view.openView(name);
      await view.page.waitForNetworkIdle({ idleTime: 200, concurrency: 1 });
      await view.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
      expect(await view.evaluate('document.documentElement.scrollWidth')).toBe(360);
      await view.page.setViewport({ width: 1200, height: 800 });
    },
  );
});
