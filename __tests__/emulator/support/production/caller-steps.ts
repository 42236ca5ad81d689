/** The steps on callers: each kind of auth accepts the right caller, and refuses all others. */
import { signed } from '../sign';
import type { step } from '../steps';
import { asRole, createItem, creation, statusesOf, withHeaders, withToken } from './callers';
import { tampered, tokenOf } from './identities';
import type { ProductionSuite } from './suite';

const INVOKE = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }],
});

/** Adds the steps. @param suite each step calls it when it runs */
export function addCallerSteps(suite: () => ProductionSuite, emulatorStep: typeof step): void {
  emulatorStep('the HTTP API accepts tokens of its issuer, audience and scope, and refuses others', async () => {
    const { endpoint, pool, hostOf } = suite();
    const host = hostOf('doors');
    const token = await tokenOf(endpoint, pool.client, 'e2e/read');
    const writer = await tokenOf(endpoint, pool.client, 'e2e/write');
    const foreign = await tokenOf(endpoint, pool.otherClient, 'e2e/read');
    const [list, create] = [{ host, method: 'GET', path: '/doors' }, creation(host, '/doors')];
    const reads = { none: list, tampered: withToken(list, tampered(token)), audience: withToken(list, foreign) };
    expect(await statusesOf(endpoint, { ...reads, right: withToken(list, token) })).toEqual({
      ...{ none: 401, tampered: 401, audience: 401 },
      right: 200,
    });
    const writes = { none: create, scope: withToken(create, token), right: withToken(create, writer) };
    expect(await statusesOf(endpoint, writes)).toEqual({ none: 401, scope: 403, right: 201 });
  });

  emulatorStep('the REST API accepts access tokens of its user pool with the scope, and refuses others', async () => {
    const { endpoint, pool, hostOf } = suite();
    const token = await tokenOf(endpoint, pool.client, 'e2e/read');
    const writer = await tokenOf(endpoint, pool.client, 'e2e/write');
    const create = creation(hostOf('vaults'), '/vaults');
    const writes = { none: create, tampered: withToken(create, tampered(writer)), scope: withToken(create, token) };
    expect(await statusesOf(endpoint, { ...writes, right: withToken(create, writer) })).toEqual({
      ...{ none: 401, tampered: 401, scope: 401 },
      right: 201,
    });
  });

  emulatorStep('the REST API accepts its API key, and refuses others', async () => {
    const { endpoint, apiKey, hostOf } = suite();
    const list = { host: hostOf('vaults'), method: 'GET', path: '/vaults' };
    const wrong = withHeaders(list, { 'x-api-key': 'x'.repeat(apiKey().length) });
    const reads = { none: list, wrong, right: withHeaders(list, { 'x-api-key': apiKey() }) };
    expect(await statusesOf(endpoint, reads)).toEqual({ none: 403, wrong: 403, right: 200 });
  });

  for (const api of ['doors', 'vaults']) {
    emulatorStep(`${api}: the authorizer function and IAM accept the right callers, and refuse others`, async () => {
      const { endpoint, pool, deployment, hostOf } = suite();
      const host = hostOf(api);
      const token = await tokenOf(endpoint, pool.client, 'e2e/write');
      const path = await createItem(endpoint, withToken(creation(host, `/${api}`), token));
      const read = { host, method: 'GET', path };
      const sessions = {
        none: read,
        wrong: withHeaders(read, { 'x-session': 'Eve' }),
        right: withHeaders(read, { 'x-session': 'ada-session' }),
      };
      // Without a cache, API Gateway invokes the authorizer of a REST API also without the header.
      const none = api === 'doors' ? 401 : 403;
      expect(await statusesOf(endpoint, sessions)).toEqual({ none, wrong: 403, right: 200 });
      const remove = { host, method: 'DELETE', path };
      const invoke = (credentials: Parameters<typeof signed>[2]) => signed(remove, 'execute-api', credentials);
      const stranger = await asRole(`stranger-${deployment.prefix}`, undefined, async (credentials) =>
        statusesOf(endpoint, { none: remove, stranger: await invoke(credentials) }),
      );
      expect(stranger).toEqual({ none: 403, stranger: 403 });
      const caller = await asRole(`caller-${deployment.prefix}`, INVOKE, async (credentials) =>
        statusesOf(endpoint, {
          wrongSecret: await invoke({ ...credentials, secretAccessKey: 'wrong' }),
          right: await invoke(credentials),
        }),
      );
      expect(caller).toEqual({ wrongSecret: 403, right: 204 });
    });
  }
}
