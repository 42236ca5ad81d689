const { createHash, createHmac } = require('node:crypto');

const hash = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

/** Signs a request with Signature Version 4. `secret` replaces the secret of the role, to try what happens. */
exports.signedFetch = (method, url, { secret = process.env.AWS_SECRET_ACCESS_KEY } = {}) => {
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: key, AWS_SESSION_TOKEN: token } = process.env;
  const { host, pathname } = new URL(url);
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${region}/execute-api/aws4_request`;
  const names = 'host;x-amz-date;x-amz-security-token';
  const headers = `host:${host}\nx-amz-date:${time}\nx-amz-security-token:${token}\n`;
  const canonical = [method, pathname, '', headers, names, hash('')].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, hash(canonical)].join('\n');
  const signingKey = scope.split('/').reduce(hmac, `AWS4${secret}`);
  const signature = hmac(signingKey, text).toString('hex');
  return fetch(url, {
    method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
      'x-amz-date': time,
      'x-amz-security-token': token,
    },
  });
};
