/** Writes a request as a curl command for a POSIX shell. */

/** Headers that curl sets as fits the connection. */
const OMITTED = new Set(['accept-encoding', 'content-length', 'host']);

/**
 * @param {string} url of the API, without a path
 * @param request `method`, `path`, `headers` as pairs, and either `body` or `bodyBase64`
 */
export function curlCommand(url, { method, path, headers, body, bodyBase64 }) {
  const hasBody = body !== undefined || bodyBase64 !== undefined;
  const shown = headers.filter(([name, value]) => !OMITTED.has(name) && !(name === 'accept' && value === '*/*'));
  const type = headers.some(([name]) => name === 'content-type');
  const options = [
    ...methodOptions(method, hasBody),
    // Without these options, curl resolves the segments `.` and `..`, and expands brackets.
    ...(/\/\.{1,2}([/?]|$)/.test(path) ? ['--path-as-is'] : []),
    ...(/[[\]{}]/.test(path) ? ['--globoff'] : []),
    quote(decodeHeader(url + path)),
    ...shown.map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${decodeHeader(value)}`)}`),
    // curl would add the content type of a form.
    ...(hasBody && !type ? [`-H ${quote('content-type:')}`] : []),
  ];
  if (bodyBase64 !== undefined)
    return `printf %s ${bodyBase64} | base64 -d | ${join([...options, '--data-binary @-'])}`;
  return join(body === undefined ? options : [...options, `--data-raw ${quote(body)}`]);
}

/** Headers and body stand on lines of their own. */
const join = (options) =>
  options.reduce((command, option) => command + (/^(-H|--data)/.test(option) ? ' \\\n  ' : ' ') + option, 'curl');

function methodOptions(method, hasBody) {
  if (method === 'HEAD') return ['--head'];
  return method === (hasBody ? 'POST' : 'GET') ? [] : [`-X ${method}`];
}

/** Within single quotes, a shell changes no character. A single quote itself stands outside of them. */
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** Node.js reads the bytes of a header as Latin-1. A terminal sends them as UTF-8. */
function decodeHeader(text) {
  if (!/[\u0080-\u00ff]/.test(text) || /[^\u0000-\u00ff]/.test(text)) return text;
  try {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
