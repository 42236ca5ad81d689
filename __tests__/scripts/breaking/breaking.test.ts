import { apiCompare } from 'api-smart-diff';
import * as fc from 'fast-check';
import { openApiDocument } from '../../../constructs/openapi/document';
import type { Api } from '../../../function/contract/api';
import { breakingChanges } from '../../../scripts/breaking/contracts';
import { notes } from '../../support/contract/contracts';
import { CONTRACT_CHANGES } from './contract-changes';
import { DOCUMENT_CHANGES } from './document-changes';
import { BASE, changed, type Draft } from './draft';
import { HARMLESS_CHANGES } from './harmless-changes';

const CHANGES = [...DOCUMENT_CHANGES, ...CONTRACT_CHANGES, ...HARMLESS_CHANGES];

function findings(before: Api, after: Api): string[] {
  return breakingChanges(before, after).map(({ place, change }) => `${place} ${change}`);
}

/**
 * Returns the routes with a change that api-smart-diff calls breaking, for example `POST /todos`. It ignores these changes:
 * - in `components`: api-smart-diff also reports them at each route that uses the component
 * - limits of answered values: clients do not rely on them
 * - removed error statuses: clients do not rely on them
 */
function oracle(before: Api, after: Api): string[] {
  const { diffs } = apiCompare(openApiDocument(before), openApiDocument(after));
  const breaking = diffs.filter(({ type, path: [top, , , ...rest] }) => {
    if (type !== 'breaking' || top !== 'paths') return false;
    const isLimit = /^(min|max|exclusive|multipleOf|pattern|uniqueItems)/.test(String(rest.at(-1)));
    const [part, status = ''] = rest.map(String);
    return !(part === 'responses' && (isLimit || status >= '400'));
  });
  return [
    ...new Set(breaking.map(({ path: [, route, method] }) => `${String(method).toUpperCase()} ${String(route)}`)),
  ];
}

/** Returns the routes with a finding, for example `POST /todos`. */
function foundRoutes(before: Api, after: Api): string[] {
  return breakingChanges(before, after).map(({ place }) => place.split(', ')[0] ?? '');
}

describe('The check', () => {
  const breaking = CHANGES.flatMap(({ finding, ...change }) => (finding === undefined ? [] : [{ ...change, finding }]));
  test.each(breaking)('finds that $name', ({ finding, ...change }) => {
    expect(findings(BASE, changed(change)).join('\n')).toContain(finding);
  });

  test.each(CHANGES.filter(({ finding }) => finding === undefined))('is silent when $name', (change) => {
    expect(findings(BASE, changed(change))).toEqual([]);
  });

  test('finds a token of another issuer', () => {
    const jwt = { issuer: 'https://other.example.com/', audience: ['notes'] };
    const after = { ...notes, auth: { default: 'jwt', jwt } } as const;
    expect(findings(notes, after).join('\n')).toMatch(/^auth jwt has the issuer .*other\.example\.com/m);
  });

  test('accepts an additional scope, and finds a removed scope', () => {
    const withScopes = (...scopes: string[]): Api => ({
      ...notes,
      routes: { 'GET /notes': { operation: 'list', auth: { jwt: scopes } } },
    });
    expect(findings(withScopes('a'), withScopes('a', 'b'))).toEqual([]);
    expect(findings(withScopes('a', 'b'), withScopes('a')).join('\n')).toContain('GET /notes requires');
  });
});

describe('The check finds each change that api-smart-diff calls breaking', () => {
  const undisputed = CHANGES.filter(({ isDisputed }) => isDisputed !== true);
  // api-smart-diff logs an error when one of its rules fails, for example for a required field without its old default.
  beforeEach(() => void jest.spyOn(console, 'error').mockReturnValue());
  afterEach(() => jest.restoreAllMocks());

  test.each(undisputed)('when $name', (change) => {
    const after = changed(change);
    const found = foundRoutes(BASE, after);
    for (const route of oracle(BASE, after)) expect(found).toContain(route);
  });

  test('when several changes are made together', () => {
    let routes = 0;
    fc.assert(
      fc.property(fc.subarray([...undisputed], { minLength: 2, maxLength: 6 }), (changes) => {
        const edit = (draft: Draft) => {
          for (const change of changes) change.edit(draft);
        };
        const after = changed({ name: '', edit });
        const found = foundRoutes(BASE, after);
        for (const route of oracle(BASE, after)) {
          routes += 1;
          expect(found).toContain(route);
        }
      }),
      { numRuns: 20 },
    );
    expect(routes).toBeGreaterThan(20);
  }, 60_000);

  test('and api-smart-diff calls more than 25 of the changes breaking', () => {
    const seen = CHANGES.filter((change) => oracle(BASE, changed(change)).length > 0);
    expect(seen.length).toBeGreaterThan(25);
  });
});
