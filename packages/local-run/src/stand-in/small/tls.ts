/** The stand-in for hashicorp/tls: keys, without certificates. */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Provider, Values } from '../provider/provider';
import { StandInError } from '../provider/stand-in-error';
import { computed, optional, providerSchemas, required, schema, secret } from '../schema/define';
import { text } from '../provider/text';

const PUBLIC = {
  ...{ public_key_pem: computed('string'), public_key_openssh: computed('string') },
  ...{ public_key_fingerprint_md5: computed('string'), public_key_fingerprint_sha256: computed('string') },
};

/** Names of curves in the configuration, and of Node.js. */
const CURVES: Readonly<Record<string, string>> = { P224: 'secp224r1', P256: 'P-256', P384: 'P-384', P521: 'P-521' };

export const tls: Provider = {
  schemas: providerSchemas(
    {
      tls_private_key: schema({
        ...{
          algorithm: required('string'),
          rsa_bits: optional('number', 2048),
          ecdsa_curve: optional('string', 'P224'),
        },
        ...{ private_key_pem: secret('string'), private_key_openssh: secret('string') },
        ...{ private_key_pem_pkcs8: secret('string'), ...PUBLIC },
      }),
    },
    {
      tls_public_key: schema({
        ...{ private_key_pem: { ...optional('string'), sensitive: true }, algorithm: computed('string') },
        ...{ private_key_openssh: { ...optional('string'), sensitive: true }, ...PUBLIC },
      }),
    },
  ),
  replacesOnChange: true,
  resources: { tls_private_key: generateKey },
  dataSources: {
    tls_public_key: ({ private_key_pem: pem, private_key_openssh: openssh }) => {
      const key = createPublicKey(text(pem, text(openssh)));
      return { algorithm: algorithmOf(key), ...publicAttributes(key) };
    },
  },
};

function generateKey({ algorithm, rsa_bits: bits, ecdsa_curve: curve }: Values): Values {
  const { privateKey, publicKey } = keyPair(String(algorithm), Number(bits), String(curve));
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const type = algorithm === 'RSA' ? 'pkcs1' : algorithm === 'ECDSA' ? 'sec1' : 'pkcs8';
  return {
    private_key_pem: privateKey.export({ type, format: 'pem' }),
    private_key_pem_pkcs8: pkcs8,
    ...publicAttributes(publicKey),
  };
}

function keyPair(algorithm: string, bits: number, curve: string): { privateKey: KeyObject; publicKey: KeyObject } {
  if (algorithm === 'RSA') return generateKeyPairSync('rsa', { modulusLength: bits });
  if (algorithm === 'ECDSA') return generateKeyPairSync('ec', { namedCurve: CURVES[curve] ?? curve });
  if (algorithm === 'ED25519') return generateKeyPairSync('ed25519');
  const detail = `\`algorithm\` is "${algorithm}". Set \`algorithm\` to "RSA", "ECDSA" or "ED25519".`;
  throw new StandInError('The algorithm of the key is unknown', detail);
}

function algorithmOf(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return 'RSA';
  return key.asymmetricKeyType === 'ec' ? 'ECDSA' : 'ED25519';
}

function publicAttributes(key: KeyObject): Values {
  const pem = key.export({ type: 'spki', format: 'pem' });
  const der = key.export({ type: 'spki', format: 'der' });
  return {
    id: createHash('sha1').update(pem).digest('hex'),
    public_key_pem: pem,
    public_key_fingerprint_sha256: `SHA256:${createHash('sha256').update(der).digest('base64').replace(/=+$/, '')}`,
  };
}
