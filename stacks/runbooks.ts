/** Finds the page with the runbooks, which the mails of alarms name. */
import type { Settings } from './settings';

const PAGE = 'docs/operate.md';

/**
 * Returns the URL of docs/operate.md on the main branch of the GitHub repository. When no repository is set, says where the file is. The
 * mail adds `#` and the section.
 * @example runbooksUrl(settings) // https://github.com/acme/crud/blob/main/docs/operate.md
 */
export function runbooksUrl({ githubRepository, githubOidcIssuer }: Settings): string {
  if (githubRepository === '') return `in the folder of this project, ${PAGE}`;
  // On Enterprise Server, the issuer is HOST/_services/token.
  const [host = ''] = githubOidcIssuer.split('/');
  const server = host === 'token.actions.githubusercontent.com' ? 'github.com' : host;
  return `https://${server}/${githubRepository}/blob/main/${PAGE}`;
}
