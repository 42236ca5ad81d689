/** Compares two revisions of a contract. */
import { openApiDocument } from '../../constructs/openapi/document';
import type { Api } from '../../function/contract/api';
import { compareDocuments } from './documents';
import { type Finding, Findings, shown } from './finding';
import { compareRoutes } from './routes';
import { compareTables } from './tables';

/**
 * Finds the changes that break callers or do not fit stored items.
 * @example breakingChanges(before, after) // [{ place: 'POST /todos, body title', change: 'has maxLength 100, was 200' }]
 */
export function breakingChanges(before: Api, after: Api): readonly Finding[] {
  const findings = new Findings();
  if (before.gateway !== after.gateway) {
    findings.add(
      'gateway',
      `is ${shown(after.gateway)}, was ${shown(before.gateway)}: the API is replaced, and its URL changes`,
    );
  }
  compareDocuments({ before: openApiDocument(before), after: openApiDocument(after) }, findings);
  compareRoutes(before, after, findings);
  compareTables(before, after, findings);
  compareTokens(before, after, findings);
  compareUserPools(before, after, findings);
  compareCors(before, after, findings);
  return findings.all;
}

function compareCors(before: Api, after: Api, findings: Findings): void {
  const [was, is] = [before.cors?.origins ?? [], after.cors?.origins ?? []];
  for (const origin of was) {
    if (!is.includes(origin) && !is.includes('*')) findings.add('cors', `does not allow pages of ${origin} any more`);
  }
  if (before.cors?.credentials === true && after.cors?.credentials !== true) {
    findings.add('cors', 'does not allow credentials any more');
  }
}

function compareTokens(before: Api, after: Api, findings: Findings): void {
  const [was, is] = [before.auth?.jwt, after.auth?.jwt];
  if (!was || !is) return;
  if (is.issuer !== was.issuer)
    findings.add('auth jwt', `has the issuer ${shown(is.issuer)}, was ${shown(was.issuer)}`);
  for (const audience of was.audience) {
    if (!is.audience.includes(audience)) findings.add('auth jwt', `does not accept tokens for ${audience} any more`);
  }
}

function compareUserPools(before: Api, after: Api, findings: Findings): void {
  const [was, is] = [before.auth?.cognito, after.auth?.cognito];
  if (!was || !is) return;
  for (const pool of was.userPoolArns) {
    if (!is.userPoolArns.includes(pool)) findings.add('auth cognito', `does not accept tokens of ${pool} any more`);
  }
}
