/**
 * Plans that try to hide a change, and comments that imitate the summary of a plan. The review must notice all of them. The last
 * line of the output counts the plans and comments that it does not notice.
 */
import { PlanError } from '../../src';
import {
  digestIn,
  markdownOf,
  readPlanText,
  refusal,
  shortestOf,
  terminalOf,
  terminalWarningsOf,
  visibleText,
  warningLines,
} from '../support/review';
import { allow, type Attack, document, planOf, resource } from './build';
import { forgeries as forgedTexts, type Material } from './comments';
import { apis } from './plans/apis';
import { blocks } from './plans/blocks';
import { configuration } from './plans/configuration';
import { detachedPolicies } from './plans/detached-policies';
import { exposure } from './plans/exposure';
import { hiddenPolicies } from './plans/hidden-policies';
import { identities } from './plans/identities';
import { instances } from './plans/instances';
import { language } from './plans/language';
import { lifecycles } from './plans/lifecycle';
import { openApi } from './plans/open-api';
import { policies } from './plans/policies';
import { policyDocuments } from './plans/policy-documents';
import { programs } from './plans/programs';
import { protections } from './plans/protection';
import { refusals } from './plans/refusals';
import { resourcePolicies } from './plans/resource-policies';
import { retentions } from './plans/retention';
import { roles } from './plans/roles';
import { secretsElsewhere } from './plans/secrets-elsewhere';
import { secretsInState } from './plans/secrets-in-state';
import { secretsInValues } from './plans/secrets-in-values';
import { services } from './plans/services';
import { settings } from './plans/settings';
import { sources } from './plans/sources';
import { stores } from './plans/stores';
import { texts } from './plans/texts';
import { trusts } from './plans/trust';
import { unknownValues } from './plans/unknown';
import { unknownAuthorizers } from './plans/unknown-authorizers';
import { forgedRecords } from './records';

const attacks = {
  ...{ secretsInValues, secretsElsewhere, secretsInState, hiddenPolicies, policies, policyDocuments, trusts },
  ...{
    resourcePolicies,
    identities,
    detachedPolicies,
    apis,
    openApi,
    roles,
    instances,
    sources,
    services,
    blocks,
    exposure,
  },
  ...{ retentions, stores, lifecycles, protections, settings },
  ...{ language, refusals, configuration, programs, texts, unknownValues, unknownAuthorizers },
};
const all = Object.values(attacks).flat();
const forgeries = [...forgedTexts, ...forgedRecords];
const noticed = { plans: 0, comments: 0 };

afterAll(() => {
  const passed = all.length - noticed.plans + (forgeries.length - noticed.comments);
  const count = `${String(all.length)} plans, ${String(forgeries.length)} forged comments`;
  process.stdout.write(`${count}: ${passed === 0 ? 'none' : String(passed)} passed\n`);
});

describe.each(Object.entries(attacks))('%s', (_, group) => {
  test.each(group.map((attack) => [attack.hides, attack] as const))('%s', (_, attack) => {
    if (attack.refused) expectRefused(attack, attack.refused);
    else expectNoticed(attack);
    noticed.plans += 1;
  });
});

describe('a forged comment', () => {
  const role = { role: 'ferry', name: 'timetable' };
  const policy = (resourceName: string) => document(allow({ Action: ['dynamodb:GetItem'], Resource: resourceName }));
  const dangerous = readPlanText(
    planOf({
      resources: [
        resource('aws_dynamodb_table.timetable', { name: 'timetable' }, null),
        resource(
          'aws_iam_role_policy.a',
          { ...role, policy: policy('timetable') },
          { ...role, policy: policy('timetable*') },
        ),
        resource('aws_api_gateway_method.a', { api_key_required: true }, { api_key_required: false }),
      ],
    }),
  );
  const material: Material = {
    dangerous: markdownOf(dangerous),
    shortened: shortestOf(dangerous),
    harmless: markdownOf(readPlanText(planOf())),
  };

  test('differs from a summary that is sent by mail, or has a marker', () => {
    expect(refusal(material.dangerous, dangerous)).toBeUndefined();
    expect(refusal(material.dangerous.replaceAll('\n', '\r\n'), dangerous)).toBeUndefined();
    expect(refusal(`<!-- plan of the pull request -->\n${material.dangerous}`, dangerous)).toBeUndefined();
  });

  test.each(forgeries.map(({ name, forge }) => [name, forge] as const))('%s', (_, forge) => {
    const forged = forge(material);
    expect(forged).not.toBe(material.dangerous);
    expect(refusal(forged, dangerous)).toEqual(expect.any(String));
    noticed.comments += 1;
  });
});

function expectRefused({ reviewed, plan, secrets: hidden = [] }: Attack, message: RegExp): void {
  readPlanText(reviewed);
  let error: unknown;
  try {
    readPlanText(plan);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(PlanError);
  expect((error as Error).message).toMatch(message);
  expectWithout((error as Error).message, hidden);
}

function expectNoticed({ reviewed, plan, warns, shows, secrets: hidden = [] }: Attack): void {
  const [before, now] = [readPlanText(reviewed), readPlanText(plan)];
  const [reviewedText, markdown, terminal] = [markdownOf(before), markdownOf(now), terminalOf(now)];
  if (warns) {
    expect(warningLines(now).join('\n')).toMatch(warns);
    expect(warningLines(before).join('\n')).not.toMatch(warns);
    expect(visibleText(terminal)).toMatch(warns);
    expect(visibleText(terminalWarningsOf(now))).toMatch(warns);
  }
  if (shows) expect(visibleText(markdown)).toMatch(shows);
  if (shows && !warns) expect(visibleText(terminal)).toMatch(shows);
  expect(digestIn(markdown)).not.toBe(digestIn(reviewedText));
  expect(refusal(markdown, now)).toBeUndefined();
  const [comparison, reverse] = [refusal(reviewedText, now), refusal(markdown, before)];
  expect([comparison, reverse]).toEqual([expect.any(String), expect.any(String)]);
  for (const output of [markdown, terminal, terminalWarningsOf(now), comparison, reverse]) {
    expectVisible(output ?? '');
    expectWithout(output ?? '', hidden);
  }
}

/** Expects that every character has a shape, but for spaces and line ends. */
function expectVisible(output: string): void {
  expect(output.replaceAll('\n', '')).not.toMatch(/(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u);
}

/** Expects that the output has no six letters in a row of a secret, written plainly or as JSON escapes. */
function expectWithout(output: string, hidden: readonly string[]): void {
  const decoded = output.replace(/\\u\{?00([0-9a-f]{2})\}?/g, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
  const text = [output, decoded, visibleText(output)].join('\n');
  const parts = hidden.flatMap(lettersOf);
  expect(parts.filter((part) => text.includes(part))).toEqual([]);
}

/** All runs of six letters. */
function lettersOf(secret: string): string[] {
  return [...secret.matchAll(/(?=([A-Za-z]{6}))/g)].map(([, letters = '']) => letters);
}
