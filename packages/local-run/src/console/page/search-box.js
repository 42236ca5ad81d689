/** A search field above a list. Each word of the search must be in one of the texts of an entry. */
import { element } from './dom.js';

export function searchBox(label, placeholder) {
  const input = element('input.search', { type: 'search', placeholder, 'aria-label': label, spellcheck: false });
  let redraw = () => undefined;
  input.addEventListener('input', () => redraw());
  const words = () =>
    input.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
  return {
    input,
    /** @param {() => void} draw called after each change of the search */
    element(draw) {
      redraw = draw;
      return input;
    },
    isActive: () => words().length > 0,
    matches(texts) {
      const lower = texts.map((text) => String(text ?? '').toLowerCase());
      return words().every((word) => lower.some((text) => text.includes(word)));
    },
  };
}
