/** Rows with the name and the value of each header that the developer added. */
import { button, element } from './dom.js';

/**
 * @param {[name: string, value: string][]} headers changed in place
 * @param {() => void} onChange called after each change
 */
export function headerRows(headers, onChange) {
  const rows = element('div.header-rows');
  const draw = () => rows.replaceChildren(...headers.map((header, index) => row(header, index)), addButton());

  const row = (header, index) => {
    const input = (position, name, label) => {
      const created = element('input', {
        id: `field-more-header-${name}-${index}`,
        value: header[position],
        placeholder: name,
        spellcheck: false,
        autocomplete: 'off',
        'aria-label': `${label} of added header ${index + 1}`,
      });
      created.addEventListener('input', () => {
        header[position] = created.value;
        onChange();
      });
      return created;
    };
    const remove = () => {
      headers.splice(index, 1);
      onChange();
      draw();
      rows.querySelector('.add').focus();
    };
    const removeButton = button('button.plain.small', 'Remove', remove, {
      'aria-label': `Remove added header ${index + 1}`,
    });
    return element('div.header-row', {}, input(0, 'name', 'Name'), input(1, 'value', 'Value'), removeButton);
  };

  const addButton = () =>
    button('button.plain.small.add', 'Add header', () => {
      headers.push(['', '']);
      draw();
      rows.querySelector(`#field-more-header-name-${headers.length - 1}`).focus();
    });

  draw();
  return rows;
}
