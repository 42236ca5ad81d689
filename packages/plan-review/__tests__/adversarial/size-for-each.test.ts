/** Tests that many instances, and many blocks of one resource, take little time. */
import { warningsOf } from '../../src/warnings';
import { timed } from '../support/cpu-time';
import { readPlanText } from '../support/review';
import { OWN, planOf, resource } from './build';

const INDEXES = Array.from({ length: 1500 }, (_, index) => String(index));
const roleArn = (index: string) => `arn:aws:iam::${OWN}:role/r${index}`;

test('compares the roles of 1,500 functions beside 1,500 replaced roles in less than 4 s', () => {
  const expressions = { role: { references: ['aws_iam_role.r', 'each.key'] } };
  const resources = INDEXES.flatMap((index) => [
    resource(
      `aws_iam_role.r["${index}"]`,
      { name: `r${index}`, arn: roleArn(index), id: `r${index}` },
      { name: `r${index}` },
      { actions: ['delete', 'create'], after_unknown: { arn: true, id: true } },
    ),
    resource(
      `aws_lambda_function.f["${index}"]`,
      { function_name: `f${index}`, role: roleArn(index) },
      { function_name: `f${index}` },
      { after_unknown: { role: true } },
      { expressions },
    ),
  ]);
  const json = planOf({ resources });
  const [warnings, milliseconds] = timed(() => warningsOf(readPlanText(json)), 4000);
  expect(warnings).toEqual([]);
  expect(milliseconds).toBeLessThan(4000);
});

test('finds the new roles of 1,500 new instance profiles in less than 4 s', () => {
  const expressions = { role: { references: ['aws_iam_role.r', 'each.key'] } };
  const resources = INDEXES.flatMap((index) => [
    resource(`aws_iam_role.r["${index}"]`, null, { name: `r${index}` }, { after_unknown: { arn: true, id: true } }),
    resource(
      `aws_iam_instance_profile.p["${index}"]`,
      null,
      { name: `p${index}`, role: `r${index}` },
      {},
      { expressions },
    ),
  ]);
  const json = planOf({ resources });
  const [warnings, milliseconds] = timed(() => warningsOf(readPlanText(json)), 4000);
  expect(warnings).toEqual([]);
  expect(milliseconds).toBeLessThan(4000);
});

test('looks for other accounts in 1,000 changed blocks in less than 1 s', () => {
  const rules = (size: number) => ({
    rule: INDEXES.slice(0, 1000).map((id) => ({ id, size, target: `arn:aws:sqs:eu-central-1:${OWN}:q${id}-${size}` })),
  });
  const json = planOf({ resources: [resource('aws_example_rules.a', rules(1), rules(2))] });
  expect(readPlanText(json).ownAccounts.size).toBe(1);
  const [warnings, milliseconds] = timed(() => warningsOf(readPlanText(json)), 1000);
  expect(warnings).toEqual([]);
  expect(milliseconds).toBeLessThan(1000);
});
