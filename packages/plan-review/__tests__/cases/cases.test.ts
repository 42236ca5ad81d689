/**
 * Tests plans that an earlier version showed wrongly. Terraform 1.11 made them with version 5.100 of the AWS provider. In k14,
 * k15 and k17, fields of newer versions of Terraform were written by hand.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plan } from '../../src';
import {
  digestIn,
  markdownOf,
  readPlanText,
  refusal,
  terminalOf,
  terminalWarningsOf,
  visibleText,
  warningLines,
} from '../support/review';
import { timed } from '../support/cpu-time';

const PLANS = path.join(__dirname, 'plans');
const read = (name: string): Plan => readPlanText(readFileSync(path.join(PLANS, `${name}.json`), 'utf8'));
const titleOf = (plan: Plan) => markdownOf(plan).split('\n', 1)[0];
const textOf = (plan: Plan) => visibleText(markdownOf(plan));
const warningsOf = (name: string) => warningLines(read(name)).join('\n');

/** Expects that the review of one plan refuses the other, in both directions. */
function expectDifferent(reviewed: string, now: string): void {
  const [first, second] = [read(reviewed), read(now)];
  expect(refusal(markdownOf(first), second)).toContain('differs from the reviewed plan');
  expect(refusal(markdownOf(second), first)).toContain('differs from the reviewed plan');
  expect(refusal(markdownOf(first), first)).toBeUndefined();
}

describe('sensitive values', () => {
  test('k01: an account number that an output marks hides no policy', () => {
    const text = textOf(read('k01-account-a'));
    expect(text).toContain(
      '- policy.Statement[0].Action: "dynamodb:GetItem"\n+ policy.Statement[0].Action: "dynamodb:*"',
    );
    expect(text).toContain('arn:aws:dynamodb:eu-central-1:111122223333:table/timetable*');
    expect(warningsOf('k01-account-a')).toMatch(/aws_iam_role_policy\.ferry allows more actions: dynamodb:\*/);
    expect(warningsOf('k01-account-a')).toMatch(/aws_iam_role_policy\.ferry reaches more resources: .*timetable\*/);
    expect(text).not.toMatch(/policy.*sensitive/);
    expectDifferent('k01-account-a', 'k01-account-b');
  });

  test('k01: the version of a policy that an output marks hides no policy', () => {
    expect(warningsOf('k01-version-a')).toMatch(/aws_iam_role\.ferry lets in more principals: .*444455556666/);
    expect(warningsOf('k01-version-b')).toMatch(/aws_iam_role\.ferry lets in more principals: .*777788889999/);
    expect(textOf(read('k01-version-a'))).not.toMatch(/assume_role_policy.*sensitive/);
    expectDifferent('k01-version-a', 'k01-version-b');
  });

  test('k02: a sensitive policy has a warning, with what it grants', () => {
    expect(warningsOf('k02-sensitive-policy')).toMatch(/aws_iam_role_policy\.ferry .*sensitive/);
    expect(warningsOf('k02-sensitive-policy')).toMatch(/aws_iam_role_policy\.ferry allows more actions: \*/);
  });

  test('k02: switches that are sensitive have warnings', () => {
    const warnings = warningsOf('k02-sensitive-switches');
    expect(warnings).toMatch(/aws_dynamodb_table\.timetable loses deletion protection/);
    expect(warnings).toMatch(/aws_dynamodb_table\.timetable loses point-in-time recovery/);
    expect(warnings).toMatch(/aws_dynamodb_table\.timetable .*deletion_protection_enabled.*point_in_time_recovery/);
  });
});

describe('access', () => {
  test('k03: the first resource policy of an existing table and queue lets in another account', () => {
    expect(warningsOf('k03-resource-policies')).toMatch(/aws_dynamodb_resource_policy\.timetable .*444455556666/);
    expect(warningsOf('k03-resource-policies')).toMatch(/aws_sqs_queue_policy\.bookings .*444455556666/);
  });

  test('k04: an inline policy, attachments and an access control list have warnings', () => {
    expect(warningsOf('k04-inline-policy')).toMatch(/aws_iam_role\.ferry .*allows more actions: \*/);
    expect(warningsOf('k04-attachments')).toMatch(/aws_iam_policy_attachment\.admins .*AdministratorAccess/);
    expect(warningsOf('k04-attachments')).toMatch(/aws_iam_role\.harbour .*AdministratorAccess/);
    expect(warningsOf('k04-bucket-acl')).toMatch(/aws_s3_bucket_acl\.maps .*public-read/);
  });

  test('k05: a new role for another account, with rights to extend rights, has warnings', () => {
    const warnings = warningsOf('k05-new-role');
    expect(warnings).toMatch(/aws_iam_role\.pilot .*444455556666/);
    for (const action of ['iam:CreateUser', 'iam:PassRole', 'kms:Decrypt', 'sts:AssumeRole']) {
      expect(warnings).toMatch(new RegExp(`aws_iam_role_policy\\.pilot .*${action}`));
    }
    expect(warnings).not.toMatch(/dynamodb:GetItem/);
  });

  test('k05: a long list of actions is shown to its end', () => {
    for (const action of ['dynamodb:BatchGetItem', 'iam:CreateAccessKey', 'logs:PutLogEvents']) {
      expect(textOf(read('k05-long-list'))).toContain(action);
    }
    expect(warningsOf('k05-long-list')).toMatch(/aws_iam_role_policy\.ferry .*iam:CreateAccessKey/);
  });

  test('k10: a pattern with many stars takes no time', () => {
    const [warnings, milliseconds] = timed(() => warningLines(read('k10-wildcards')), 1000);
    expect(warnings.join('\n')).toMatch(/aws_iam_role_policy\.ferry reaches more resources: .*x\.jpg/);
    expect(milliseconds).toBeLessThan(1000);
  });
});

describe('values', () => {
  test('k06: lines and members that changed places are shown', () => {
    const text = textOf(read('k06-order'));
    for (const word of ['checkTicket', 'openGate', 'verify', 'forward']) expect(text).toContain(word);
  });

  test('k07: numbers in JSON texts are compared digit by digit', () => {
    const text = textOf(read('k07-numbers'));
    for (const start of ['88', '99']) {
      expect(text).toContain(`- input.berth: ${start}0000000000000001`);
      expect(text).toContain(`+ input.berth: ${start}0000000000000003`);
    }
    expect(text).not.toContain('formatted differently');
  });

  test('k08: a value that looks like folded HTML hides nothing in a terminal', () => {
    const [terminal, warnings] = [terminalOf(read('k08-terminal')), terminalWarningsOf(read('k08-terminal'))];
    expect(terminal).toMatch(/aws_sqs_queue\.bookings/);
    expect(terminal).toContain('43199');
    expect(warnings).toMatch(/2 to change/);
  });

  test('k13: characters without a shape are spelled out', () => {
    const text = textOf(read('k13-invisible'));
    expect(text).toContain('+ input: "night\\u{a0}crew"');
    expect(text).toContain('+ input: "captain\\u{3164}"');
  });
});

test('k09: settings that let AWS delete data have warnings', () => {
  expect(warningsOf('k09-lifecycle')).toMatch(/aws_s3_bucket_lifecycle_configuration\.maps .*(version|noncurrent)/);
  expect(warningsOf('k09-lifecycle')).toMatch(/aws_s3_bucket_lifecycle_configuration\.maps .*(object|current|expir)/);
  expect(warningsOf('k09-retention')).toMatch(/aws_sqs_queue\.bookings .*60/);
  expect(warningsOf('k09-retention')).toMatch(/aws_kinesis_stream\.moves .*24/);
  expect(markdownOf(read('k09-retention'))).toContain('**Loses data**');
});

describe("Terraform's plan language", () => {
  test('k11: a replacement has its true reason', () => {
    const row = (name: string) =>
      textOf(read('k11-reasons'))
        .split('\n')
        .find((line) => line.startsWith('|') && line.includes(name));
    expect(row('terraform_data.tainted')).toMatch(/taint/);
    expect(row('terraform_data.follows')).toMatch(/terraform_data\.harbour|trigger/);
    expect(row('terraform_data.asked')).toMatch(/request/);
  });

  test('k12: a plan that changes only outputs has changes', () => {
    expect(titleOf(read('k12-outputs'))).toMatch(/2 outputs/);
    expect(textOf(read('k12-outputs'))).toContain('https://ferry-2.example');
  });

  test('k14: a replacement that leaves the old table in AWS loses no data', () => {
    const text = textOf(read('k14-create-forget'));
    expect(text).not.toMatch(/will be lost|is deleted/);
    expect(text).toMatch(/aws_dynamodb_table\.timetable.*(stays|state)/);
  });

  test('k15: an import shows its identity', () => {
    expect(textOf(read('k15-import-a'))).toContain('111122223333');
    expect(textOf(read('k15-import-b'))).toContain('444455556666');
    expectDifferent('k15-import-a', 'k15-import-b');
  });

  test('k16: a refresh-only plan shows what it stores', () => {
    const plan = read('k16-refresh-only');
    expect(titleOf(plan)).not.toContain('No changes');
    expect(textOf(plan)).toMatch(/- visibility_timeout_seconds: 30\n\+ visibility_timeout_seconds: 600/);
  });

  test('k17: an action is shown, and is a part of the digest', () => {
    expectDifferent('k17-without', 'k17-with');
    for (const name of ['k17-with', 'k17-alone']) {
      expect(warningsOf(name)).toMatch(/aws_lambda_invoke/);
      expect(textOf(read(name))).toContain('empty-all-bookings');
    }
    expect(titleOf(read('k17-alone'))).not.toContain('No changes');
  });
});

describe('what only the configuration holds', () => {
  test('k18: a command of a provisioner is shown, and is a part of the digest', () => {
    expectDifferent('k18-provisioner-a', 'k18-provisioner-b');
    expect(warningsOf('k18-provisioner-b')).toMatch(/terraform_data\.harbour/);
    expect(textOf(read('k18-provisioner-b'))).toContain('sh tools/announce.sh');
  });

  test('k18: the role and the endpoints of a provider are shown, and are a part of the digest', () => {
    expectDifferent('k18-provider-a', 'k18-provider-b');
    const text = textOf(read('k18-provider-b'));
    expect(text).toContain('arn:aws:iam::444455556666:role/deputy');
    expect(text).toContain('https://sqs.collector.example');
    expect(warningsOf('k18-provider-b')).toMatch(/444455556666/);
  });
});

test('k19: a forged text in front of a real record is refused, the own summary is not', () => {
  const forged = readFileSync(path.join(PLANS, 'k19-forged.md'), 'utf8');
  const plan = read('k19-forged');
  expect(refusal(forged, plan)).toEqual(expect.any(String));
  const own = markdownOf(plan);
  expect(refusal(own, plan)).toBeUndefined();
  const [text = ''] = forged.split('<!-- plan-review');
  expect(refusal(text + own.slice(own.indexOf('<!-- plan-review')), plan)).toMatch(/text/);
  expect(digestIn(own)).not.toBe(digestIn(forged));
});
