/** Lists items, a page for each request. */
import { Problem } from '../../http/problem';
import { MAX_RESPONSE_BYTES, responseBytes } from '../../http/response-size';
import { Faults } from '../../validation/faults';
import { type Item, toVisible } from '../item';
import { CURSOR_FAULT, type ListRequest, prepareListRequest } from '../list-request';
import type { Operation } from '../operation';
import { type Page, readPage } from '../page';
import { refuseBody, throwFaults } from '../request-parts';

/** Maximum number of DynamoDB calls for a page. A page whose filters match few items may be short, or even empty. */
const MAX_READS = 5;

/** With filters, DynamoDB reads at least this many items in a call. */
const MIN_FILTERED_ITEMS = 100;

export const list: Operation<'list'> = (setup) => {
  const { model } = setup;
  const readRequest = prepareListRequest(setup);
  return async (request) => {
    const faults = new Faults();
    refuseBody(request, faults);
    const wanted = readRequest(request, faults);
    throwFaults(faults);
    const { items, last } = await collect(wanted);
    return { status: 200, body: { items, ...(last && { cursor: wanted.cursorAfter(last) }) } };
  };

  /** Reads until the page is full. */
  async function collect(wanted: ListRequest): Promise<Page> {
    const { limit } = wanted;
    const items: Item[] = [];
    let end: Item | undefined;
    let bytes = 0;
    let last = wanted.after;
    for (let reads = 1; ; reads += 1) {
      const page = await read(wanted, limit - items.length, last);
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

  /** Reads one item more than the page has: DynamoDB returns a key to go on whenever it stops at a limit. */
  async function read({ selection, after }: ListRequest, missing: number, last: Item | undefined): Promise<Page> {
    const limit = selection.filters.length > 0 ? Math.max(missing + 1, MIN_FILTERED_ITEMS) : missing + 1;
    try {
      return await readPage(setup, selection, limit, last);
    } catch (error) {
      if (!after || last !== after || (error as Error).name !== 'ValidationException') throw error;
      throw Problem.badInput([CURSOR_FAULT]);
    }
  }
};
