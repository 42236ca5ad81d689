/** A dialog that creates, changes and deletes an item as JSON. */
import * as api from './api.js';
import { button, element } from './dom.js';
import { itemText, parseItem } from './item-json.js';

const TYPES_HINT =
  'Numbers keep all digits. Sets and binary values are in DynamoDB’s JSON: {"SS": ["a"]}, {"NS": ["1"]}, {"B": "YQ=="}.';

/**
 * Opens the dialog.
 * @param table from `getStacks`
 * @param {object | undefined} item undefined: a new item
 * @param {(text: string) => void} onSaved called after each change with its description, such as `Saved the item.`
 */
export function openEditor(table, item, onSaved) {
  let previous = item;
  const text = item ? itemText(item) : newItemText(table);
  const area = element('textarea', { value: text, spellcheck: false, rows: 16, 'aria-label': 'Item as JSON' });
  const message = element('div.message.bad', { role: 'alert' });
  const heading = element('h2', {}, item ? `Change an item of ${table.name}` : `Create an item in ${table.name}`);
  const dialog = element('dialog.editor', { 'aria-label': heading.textContent });

  const attempt = (work, done) => async () => {
    try {
      await work();
      dialog.close();
      onSaved(done);
    } catch (error) {
      showError(error);
    }
  };

  const save = attempt(
    () => api.putItem(table.name, { item: parseItem(area.value), previous }),
    item ? 'The item is saved.' : 'The item is created.',
  );
  const remove = attempt(() => api.deleteItem(table.name, previous), 'The item is deleted.');

  /** After a conflict, the developer takes the current item, or writes over it. */
  const showError = (error) => {
    message.replaceChildren(element('p', {}, error.message));
    const current = error.details?.current;
    if (!current) return;
    const take = () => {
      previous = current;
      area.value = itemText(current);
      message.replaceChildren();
      area.focus();
    };
    const overwrite = () => {
      previous = current;
      return save();
    };
    const buttons = [
      button('button.plain', 'Show the current item', take),
      button('button.plain', 'Overwrite it', overwrite),
    ];
    message.append(element('div.actions', {}, ...buttons));
  };

  const confirmRemoval = () => {
    const keep = () => {
      message.replaceChildren();
      area.focus();
    };
    const confirm = button('button.danger', 'Delete', remove);
    const question = element('p', {}, `Delete the item ${keyText(table, previous)}? This cannot be undone.`);
    message.replaceChildren(question, element('div.actions', {}, confirm, button('button.plain', 'Keep', keep)));
    confirm.focus();
  };

  dialog.append(
    heading,
    element('p.soft', {}, TYPES_HINT),
    area,
    message,
    element(
      'div.actions',
      {},
      button('button.primary.save', 'Save', save),
      element('span.soft.hint', {}, 'Ctrl + Enter'),
      item ? button('button.plain', 'Delete ...', confirmRemoval) : undefined,
      button('button.plain', 'Cancel', () => dialog.close()),
    ),
  );
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
  });
  // The first Escape keeps a changed text: it is easily pressed by accident.
  dialog.addEventListener('cancel', (event) => {
    if (area.value === text || message.dataset.warned === 'true') return;
    event.preventDefault();
    message.dataset.warned = 'true';
    message.replaceChildren(element('p', {}, 'The text has changed. Press Escape again to drop it.'));
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  area.focus();
  area.setSelectionRange(0, 0);
}

function newItemText({ keys, types }) {
  const values = { N: { N: '1' }, B: { B: 'YQ==' } };
  return itemText(Object.fromEntries(keys.map((name) => [name, values[types[name]] ?? { S: 'example-1' }])));
}

function keyText({ keys }, item) {
  return keys.map((name) => `${name} = ${Object.values(item[name])[0]}`).join(', ');
}
