/** Makes the credentials that a session sends. */
import type { Api } from '../../function/contract/api';
import { authOf, type ContractRoute } from '../../function/contract/model';
import { SessionError, type StackOutputs, type Step } from './step';
import { isLoopback, localIssuer, tokensOf } from './tokens';

export interface Credentials {
  /** Steps that get tokens, before the first request to the API. */
  readonly steps: readonly Step[];
  /** Makes the credentials of a route's requests. @throws SessionError when the outputs have none for it */
  readonly of: (route: ContractRoute) => Pick<Step, 'headers' | 'isSigned'>;
}

/** The local run accepts any signature. */
const LOCAL_SIGNATURE = { authorization: 'AWS4-HMAC-SHA256 unsigned' };

/** @throws SessionError when a route needs a token and there is none */
export function credentials(api: Api, outputs: StackOutputs): Credentials {
  const isLocal = isLocalRun(outputs);
  const tokens = tokensOf(api, localIssuer(outputs, isLocal));
  const of = ({ route }: ContractRoute) => {
    const auth = authOf(api, route);
    if (auth === 'apiKey') return { headers: { 'x-api-key': apiKey(outputs) } };
    if (auth === 'iam') return isLocal ? { headers: LOCAL_SIGNATURE } : { isSigned: true };
    return { headers: tokens.headersOf(auth) ?? {} };
  };
  return { steps: tokens.steps, of };
}

function apiKey({ api_key: key }: StackOutputs): string {
  if (typeof key === 'string') return key;
  throw new SessionError(
    'the output api_key is missing. The key is sensitive: cdktf deploy writes it with --outputs-file-include-sensitive-outputs.',
  );
}

/** Whether the API is one of the local run. An emulator of AWS also runs on this machine, but checks signatures. */
function isLocalRun({ url }: StackOutputs): boolean {
  const text = String(url);
  return isLoopback(text) && !new URL(text).hostname.includes('.execute-api.');
}
