/** An app with an API for each kind of auth and gateway, which `npm run check:security` plans with all optional settings. */
import { runApis } from '../../../stacks/run-apis';
import { desks, diaries, ledgers, meters, rooms } from '../caller-contracts';
import { notes } from '../contracts';

// Another name than examples/notes.
const memos = { ...notes, name: 'memos' };

runApis([memos, desks, ledgers, meters, rooms, diaries]);
