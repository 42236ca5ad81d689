/** Lists items, one page for each request. */
import { Problem } from '../../http/problem';
import { MAX_RESPONSE_BYTES, responseBytes } from '../../http/response-size';
import { Faults } from '../../validation/faults';
import { type Item, toVisible } from '../item';
import { CURSOR_FAULT, type ListRequest, prepareListRequest } from '../list-request';
import type { Operation } from '../operation';
import { type Page, readPage } from '../page';
import { refuseBody, throwFaults } from '../request-parts';

/** Maximum number of DynamoDB calls for a page. So a page may be short or empty if the filters match few items. */
const MAX_READS = 5;

/** With filters, DynamoDB reads at least this many items in a call. */
const MIN_FILTERED_ITEMS = 100;

export const list: Operation<'list'> = (setup) => {
  const { model } = setup;
  const readRequest = prepareListRequest(setup);
  return async (request) => {
    const faults = new Faults();
    refuseBody(request, faults);
    const listRequest = readRequest(request, faults);
    throwFaults(faults);
    const { items, last } = await collect(listRequest);
    return { status: 200, body: { items, ...(last && { cursor: listRequest.cursorAfter(last) }) } };
  };

  /** Reads until the page is full, the list ends, or the maximum number of calls is reached. */
  async function collect(listRequest: ListRequest): Promise<Page> {
    const { limit } = listRequest;
    const items: Item[] = [];
    let end: Item | undefined;
    let bytes = 0;
    let last = listRequest.after;
    for (let reads = 1; ; reads += 1) {
      const page = await read(listRequest, limit - items.length, last);
      for (const item of page.items) {
        const visible = toVisible(item, model);
        bytes += responseBytes(visible);
        if (items.length === limit || (bytes > MAX_RESPONSE_BYTES && end)) return { items, last: end };
        items.push(visible);
        end = item;
      }
      last = page.last;
      if (!last || reads === MAX_READS) return { items, last };
    }
  }

  /**
   * Reads one item more than the page needs, to detect the end of the list: DynamoDB returns a LastEvaluatedKey when it stops
   * at a limit, even after the last item.
   */
  async function read({ selection, after }: ListRequest, needed: number, last: Item | undefined): Promise<Page> {
    const limit = selection.filters.length > 0 ? Math.max(needed + 1, MIN_FILTERED_ITEMS) : needed + 1;
    try {
      return await readPage(setup, selection, limit, last);
    } catch (error) {
      // DynamoDB refuses the key in a forged cursor.
      if (!after || last !== after || (error as Error).name !== 'ValidationException') throw error;
      throw Problem.badInput([CURSOR_FAULT]);
    }
  }
};
