/** Makes a certificate for a TLS server on this machine. openssl makes a new key each time, so the repository contains no key. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Certificate {
  /** Path of the certificate, for NODE_EXTRA_CA_CERTS. */
  readonly file: string;
  readonly key: string;
  readonly cert: string;
}

const SUBJECT = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
const REQUEST = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

/**
 * Makes a self-signed certificate for `localhost` in a folder.
 * @throws Error when there is no openssl, or it fails
 */
export function makeCertificate(folder: string): Certificate {
  const [keyFile, file] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
  const { error, status, stderr } = spawnSync('openssl', [...REQUEST, ...SUBJECT, '-keyout', keyFile, '-out', file], {
    encoding: 'utf8',
  });
  if (error)
    throw new Error(
      `openssl could not start: ${error.message}. Install openssl: the benchmark makes a certificate with it.`,
    );
  if (status !== 0) throw new Error(`openssl could not make a certificate:\n${stderr}`);
  return { file, key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8') };
}
