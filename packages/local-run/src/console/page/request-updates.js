/**
 * Limits how often the requests view is redrawn. Under load, requests arrive faster than anyone reads, and drawing takes
 * processor time from the local run.
 */

const LIST_INTERVAL_MS = 150;
const DETAIL_INTERVAL_MS = 450;

export class RequestUpdates {
  #newNumbers = new Set();
  #detailPending = false;
  #scheduled = false;
  #listDrawnAt = -Infinity;
  #detailDrawnAt = -Infinity;
  #view;

  /**
   * @param view `isShown()`, `drawList(newNumbers)` with the numbers of the requests that are new in the list, and
   * `drawDetail()`
   */
  constructor(view) {
    this.#view = view;
  }

  /**
   * @param {{ number: number, isNew: boolean, changesDetail: boolean }} update
   */
  add({ number, isNew, changesDetail }) {
    if (isNew) this.#newNumbers.add(number);
    if (changesDetail) this.#detailPending = true;
    this.#drawAt(this.#listDrawnAt + LIST_INTERVAL_MS);
  }

  /** Cancels a pending drawing of the detail. Call it after another detail has been drawn. */
  cancelDetail() {
    this.#detailPending = false;
  }

  /** Draws in the first animation frame after this time, once for all updates until then. */
  #drawAt(time) {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => requestAnimationFrame(() => this.#draw()), Math.max(0, time - performance.now()));
  }

  #draw() {
    this.#scheduled = false;
    const newNumbers = [...this.#newNumbers];
    this.#newNumbers.clear();
    if (!this.#view.isShown()) return;
    this.#listDrawnAt = performance.now();
    this.#view.drawList(newNumbers);
    if (this.#detailPending) this.#drawDetail();
  }

  #drawDetail() {
    const nextTime = this.#detailDrawnAt + DETAIL_INTERVAL_MS;
    if (nextTime > this.#listDrawnAt) {
      this.#drawAt(nextTime);
      return;
    }
    this.#detailPending = false;
    this.#detailDrawnAt = this.#listDrawnAt;
    this.#view.drawDetail();
  }
}
