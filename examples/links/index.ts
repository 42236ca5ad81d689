/** The Lambda function of the API `links`. */
import { create } from '../../function/crud/operations/create';
import { crudService } from '../../function/crud/service';
import { httpApiHandler } from '../../function/http/http-api';
import { Problem } from '../../function/http/problem';
import { links } from './contract';

export const handler = httpApiHandler(
  crudService(
    links,
    { create },
    {
      follow: async ({ path }, { get }) => {
        const link = await get({ code: path.code });
        if (!link) throw new Problem(404, 'There is no such link, or it has expired.');
        // The link expires, so browsers must not keep the redirect.
        return { status: 301, headers: { location: link.url, 'cache-control': 'no-store' } };
      },
    },
  ),
);
