/** Adds numbers to texts that another thread takes, as fast as there is room. */
import { workerData } from 'node:worker_threads';
import { SharedTexts } from '../../src/services/lambda/shared-texts';

const { shared, count } = workerData as { shared: SharedArrayBuffer; count: number };
const texts = new SharedTexts(shared);
for (let index = 0; index < count;) if (texts.add(`${index}`.repeat(1 + (index % 7)))) index += 1;
