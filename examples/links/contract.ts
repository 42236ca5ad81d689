/** Contract of the API `links`: short links that expire after 30 days. A handler redirects callers to the URL of a link. */
import { defineApi } from '../../function/contract/api';

export const links = defineApi({
  name: 'links',
  gateway: 'http-api',
  key: 'code',
  item: {
    type: 'object',
    required: ['url'],
    properties: {
      url: { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 2000 },
    },
  },
  managed: { code: { random: 7 }, createdAt: 'createdAt', expiresAt: { expiresAfter: 2_592_000 } },
  routes: {
    'POST /links': { operation: 'create' },
    'GET /{code}': {
      handler: 'follow',
      table: ['get'],
      summary: 'Goes to the URL of a link',
      responses: { 301: { description: 'Redirects to the URL' } },
    },
  },
});
