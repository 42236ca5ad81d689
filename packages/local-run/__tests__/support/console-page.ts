/** Opens the console page in a headless Chromium, and offers methods that click, type and read texts. */
import type { Browser, Page } from 'puppeteer-core';
import { launch } from './chromium';

/**
 * Chromium logs an error when a test closes the server, when a restarted run no longer has the request that the page shows, and when an
 * item has changed meanwhile.
 */
function isExpected(text: string, url = ''): boolean {
  if (!text.startsWith('Failed to load resource: ')) return false;
  if (text.includes('409') && url.endsWith('/item')) return true;
  return text.includes('net::') || (text.includes('404') && /\/api\/requests\/\d+$/.test(url));
}

export class ConsolePage {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    /** Errors and warnings of the page's scripts. */
    readonly problems: readonly string[],
  ) {}

  /** @param selector an element that exists when the page is ready */
  static async open(executable: string, url: string, selector = '.list a'): Promise<ConsolePage> {
    const browser = await launch(executable);
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      const isProblem = message.type() === 'error' || message.type() === 'warn';
      // Any other message is a problem, such as a violation of the CSP.
      if (isProblem && !isExpected(message.text(), message.location().url)) {
        problems.push(`${message.text()} ${message.location().url}`);
      }
    });
    await page.goto(url);
    await page.waitForSelector(selector);
    return new ConsolePage(page, browser, problems);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  async openView(view: 'routes' | 'tables' | 'requests'): Promise<void> {
    await this.page.click(`nav a[href="#${view}"]`);
    await this.page.waitForSelector(`.list[data-view="${view}"]`);
  }

  /** Clicks a row. @param text the text of the whole row */
  async openRow(view: 'routes' | 'tables' | 'requests', text: string): Promise<void> {
    await this.openView(view);
    const row = `//a[contains(@class,"row")][normalize-space(.)="${text}"]`;
    await this.page.locator(`::-p-xpath(${row})`).click();
    await this.page.waitForSelector(`::-p-xpath(${row}[@aria-current])`);
  }

  async evaluate<T>(script: string): Promise<T> {
    return (await this.page.evaluate(script)) as T;
  }

  /** Returns the text of the first element that matches, or ''. */
  text(selector: string): Promise<string> {
    return this.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`);
  }

  texts(selector: string): Promise<string[]> {
    return this.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map(({ textContent }) => textContent)`,
    );
  }

  /** Waits until the first element that matches contains the text. */
  async waitForText(selector: string, text: string): Promise<void> {
    await this.page.waitForFunction(
      `document.querySelector(${JSON.stringify(selector)})?.textContent?.includes(${JSON.stringify(text)})`,
    );
  }

  valueOf(id: string): Promise<string> {
    return this.evaluate(`document.getElementById(${JSON.stringify(id)}).value`);
  }

  /** Types at the end of a field. */
  async type(id: string, text: string): Promise<void> {
    await this.page.focus(`[id="${id}"]`);
    await this.page.keyboard.type(text);
  }

  /** Replaces the content of a field by typing. */
  async replace(id: string, text: string): Promise<void> {
    await this.page.$eval(`[id="${id}"]`, (input) => (input as unknown as { select(): void }).select());
    await this.page.keyboard.type(text);
  }

  /** Submits the form. @returns the parsed body of the response */
  async submit(): Promise<unknown> {
    await this.evaluate("document.querySelector('#response')?.remove()");
    await this.page.click('button[type=submit]');
    await this.page.waitForSelector('#response');
    return JSON.parse(await this.text('#response')) as unknown;
  }
}
