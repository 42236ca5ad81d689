/** The session of `links` for `npm run smoke` and `npm run iam`. It leaves one link, which expires. */
import { isProblem } from '../../scripts/smoke/difference';
import type { Session } from '../../scripts/smoke/step';

const url = 'https://www.rfc-editor.org/rfc/rfc9110';

export const session: Session = () => [
  { method: 'POST', path: '/links', body: { url: 'ftp://example.com/' }, status: 400, answer: isProblem },
  { method: 'POST', path: '/links', body: { url }, status: 201, save: { code: 'body.code' } },
  { method: 'GET', path: '/{code}', status: 301, answerHeaders: { location: url } },
  { method: 'GET', path: '/0000000', status: 404, answer: isProblem },
];
