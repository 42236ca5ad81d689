/** Makes a certificate for a local TLS server with openssl. The repository contains no private key. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Certificate {
  /** For NODE_EXTRA_CA_CERTS. */
  readonly file: string;
  readonly key: string;
  readonly cert: string;
}

const SUBJECT_ARGUMENTS = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
const KEY_ARGUMENTS = [
  'req',
  '-x509',
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:prime256v1',
  '-nodes',
  '-days',
  '2',
];

/**
 * Makes a self-signed certificate for `localhost` in a folder.
 * @throws Error when openssl is not installed, or fails
 */
export function makeCertificate(folder: string): Certificate {
  const [keyFile, file] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
  const { error, status, stderr } = spawnSync(
    'openssl',
    [...KEY_ARGUMENTS, ...SUBJECT_ARGUMENTS, '-keyout', keyFile, '-out', file],
    {
      encoding: 'utf8',
    },
  );
  if (error) throw new Error(`openssl did not start: ${error.message}. Install it for the TLS test.`);
  if (status !== 0) throw new Error(`openssl made no certificate:\n${stderr}`);
  return { file, key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8') };
}
