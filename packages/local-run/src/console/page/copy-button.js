/** A button that copies a text. */
import { button, element } from './dom.js';

/** How long the button says that it has copied the text. */
const SHOWN_MS = 2000;

/** @param {() => string | Promise<string>} makeText */
export function copyButton(label, makeText) {
  const status = element('span.soft', { role: 'status' });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await makeText());
      status.textContent = 'Copied';
    } catch (error) {
      status.textContent = `Not copied: ${error.message}`;
    }
    setTimeout(() => (status.textContent = ''), SHOWN_MS);
  };
  return element('span.with-status', {}, button('button.plain', label, copy), status);
}
