/** The session of `links` for `npm run smoke` and `npm run iam`. It leaves one link in the table, which expires. */
import { contractSession } from '../../scripts/smoke/contract-session';
import { isProblem } from '../../scripts/smoke/difference';
import { links } from './contract';

export const session = contractSession(links, {
  follow: [
    { status: 301, answerHeaders: { location: '{url}' } },
    { path: '/0000000', status: 404, answer: isProblem },
  ],
});
