/** Keyboard shortcuts, and the dialog that lists them. */
import { button, definitionList, element } from './dom.js';
import { recall, remember } from './memory.js';

const SHORTCUTS = [
  ['/', 'search or filter the list'],
  ['1, 2, 3', 'show routes, tables, requests'],
  ['Up, Down, Home, End', 'move in the list; Enter opens an entry'],
  ['Escape', 'empty the search; leave a detail; close a dialog'],
  ['Ctrl + Enter', 'send the form; save the item'],
  ['?', 'show these shortcuts'],
];

const KEYS = 'single-keys';

/** Lists the shortcuts. Single keys can be turned off, because speech input can type them by accident. */
export function showShortcuts() {
  if (document.querySelector('dialog[open]')) return;
  const dialog = element('dialog', { id: 'shortcuts', 'aria-label': 'Keyboard shortcuts' });
  const toggle = element('input', { type: 'checkbox', id: 'single-keys', checked: recall(KEYS, true) });
  toggle.addEventListener('change', () => remember(KEYS, toggle.checked));
  dialog.append(
    element('h2', {}, 'Keyboard shortcuts'),
    definitionList(SHORTCUTS),
    element('p', {}, toggle, element('label', { htmlFor: 'single-keys' }, ' single keys: / 1 2 3 ?')),
    element(
      'div.actions',
      {},
      button('button.primary', 'Close', () => dialog.close()),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {HTMLElement} main contains the list and the detail */
export function listenForShortcuts(main) {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape') leave(event.target, main);
    if (event.altKey || event.ctrlKey || event.metaKey || isTextField(event.target) || !recall(KEYS, true)) return;
    const action = singleKeyAction(event.key, main);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function singleKeyAction(key, main) {
  if (key === '?') return showShortcuts;
  if (key === '/') return () => main.querySelector('.tools input')?.focus();
  const link = document.querySelectorAll('nav a')[Number(key) - 1];
  return link && (() => link.click());
}

const isTextField = (target) => target.matches?.('input:not([type=checkbox]), textarea, select') ?? false;

/** Empties a search. Otherwise, moves the focus to the selected entry of the list. */
function leave(target, main) {
  if (target.matches('.tools input') && target.value !== '') {
    target.value = '';
    target.dispatchEvent(new Event('input'));
    return;
  }
  main.querySelector('.list .row[tabindex="0"]')?.focus();
}
