/** The stage that serves a request to an API with several stages. */
import type { Gateway } from '../../../src/services/api-gateway/gateway';
import type { GatewayRequest } from '../../../src/services/api-gateway/request';
import { StagedGateway } from '../../../src/services/api-gateway/stages';

/** A gateway that answers with the name of its stage. */
const gatewayOf = (name: string, status = 200): Gateway => ({
  requestIdHeader: 'x-id',
  newRequestId: () => 'id',
  handle: () => Promise.resolve({ response: { status, headers: [], body: name }, reason: `stage ${name}` }),
});

async function outcomeOf(rawPath: string, ...gateways: readonly (readonly [string, Gateway])[]) {
  const first = gateways[0]?.[1] ?? gatewayOf('none');
  const { response, reason } = await new StagedGateway(first, new Map(gateways)).handle({ rawPath } as GatewayRequest);
  return [String(response.body), reason];
}

const BLUE = ['blue', gatewayOf('blue', 404)] as const;
const GREEN = ['green', gatewayOf('green')] as const;

test('the first segment of the path selects the stage', async () => {
  expect(await outcomeOf('/green/a', BLUE, GREEN)).toEqual(['green', 'stage green']);
});

test('a path without a stage is for $default', async () => {
  expect(await outcomeOf('/a', BLUE, ['$default', gatewayOf('$default')])).toEqual(['$default', 'stage $default']);
});

test('without $default, the reason names all stages', async () => {
  const reason = 'the path does not begin with a stage: /blue/, /green/';
  expect(await outcomeOf('/a', BLUE, GREEN)).toEqual(['blue', reason]);
});

test('an API that is not simulated keeps its reason', async () => {
  expect(await outcomeOf('/a', ['blue', gatewayOf('blue', 501)], GREEN)).toEqual(['blue', 'stage blue']);
});
