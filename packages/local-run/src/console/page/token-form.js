/** The part of a form that gets a token from the issuer of this run. */
import * as api from './api.js';
import { button, element, labelledInput } from './dom.js';

/** The caller in the next token of each route. */
const callers = new Map();

/**
 * @param {string} id of the route
 * @param {(token: string) => void} onToken
 */
export function tokenForm(id, { stack, token }, onToken) {
  const caller = callers.get(id) ?? {
    sub: 'example-user',
    scopes: token.scopes.join(' '),
    claims: '',
    seconds: '3600',
  };
  callers.set(id, caller);
  const message = element('p.message', { role: 'status' });
  const field = (name, text, placeholder) => {
    const properties = { id: `field-token-${name}`, value: caller[name], placeholder };
    const [label, input] = labelledInput(text, properties);
    input.addEventListener('input', () => (caller[name] = input.value));
    return [label, input];
  };
  const mint = async () => {
    message.className = 'message';
    try {
      const issued = await api.issueToken(tokenRequest(stack, token, caller));
      onToken(issued.token);
      message.textContent = `The new token expires at ${new Date(issued.claims.exp * 1000).toLocaleString()}.`;
    } catch (error) {
      message.className = 'message bad';
      message.textContent = error.message;
    }
  };
  return element(
    'details.token',
    { id: 'token' },
    element('summary', {}, `Token in ${token.header}: another caller, scopes, claims or expiry`),
    element(
      'div.fields',
      {},
      ...field('sub', 'caller (sub)'),
      ...field('scopes', 'scopes', 'with spaces between them'),
      ...field('claims', 'more claims', '{"tenant": "a"}'),
      ...field('seconds', 'expires in, seconds', '0 or less: expired'),
    ),
    element('div.actions', {}, button('button.plain', 'New token', mint, { id: 'new-token' }), message),
  );
}

function tokenRequest(stack, token, { sub, scopes, claims, seconds }) {
  return {
    stack,
    sub,
    scopes: scopes.split(/\s+/).filter((scope) => scope !== ''),
    claims: { ...token.claims, ...parseClaims(claims) },
    expiresInSeconds: seconds.trim() === '' ? undefined : Number(seconds),
  };
}

function parseClaims(text) {
  if (text.trim() === '') return {};
  try {
    const claims = JSON.parse(text);
    if (typeof claims === 'object' && claims !== null && !Array.isArray(claims)) return claims;
  } catch {
    // The error below says what to type.
  }
  throw new Error(`More claims: saw ${text}; type a JSON object: {"tenant": "a"}.`);
}
