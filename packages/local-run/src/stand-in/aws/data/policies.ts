/** Data sources of IAM policies. */
import type { ReadData, Values } from '../../provider/provider';
import { StandInError } from '../../provider/stand-in-error';
import { crc32 } from 'node:zlib';
import { policyJson } from './policy-json';
import { mergePolicies, type PolicyDocument, readPolicyDocument } from './policy-merge';
import { readStatements } from './policy-statements';
import { AWS_MANAGED_POLICIES } from '../../../source/terraform-json/aws-managed-policies';
import { text } from '../../provider/text';

export const POLICY_DATA: Readonly<Record<string, ReadData>> = {
  aws_iam_policy_document: policyDocument,
  aws_iam_policy: ({ arn, name }, { partition }) => {
    const path = AWS_MANAGED_POLICIES.find((each) => each === name || each.endsWith(`/${String(name)}`));
    const policy = text(arn, `arn:${partition}:iam::aws:policy/${path ?? String(name)}`);
    return {
      ...{ id: policy, arn: policy, name: policy.split('/').at(-1), path: '/', description: '' },
      // The local run knows the AWS-managed policies by their ARNs.
      policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
    };
  },
};

/** Renders and merges policies as `data.aws_iam_policy_document` of the AWS provider does. */
function policyDocument(config: Values): Values {
  const sources = documents(config, 'source_policy_documents');
  refuseEqualSids(sources.flatMap(({ Statement = [] }) => Statement.map(({ Sid }) => Sid)));
  const statements = readStatements((config['statement'] ?? []) as readonly Values[]);
  refuseEqualSids(statements.map(({ Sid }) => Sid));
  const current: PolicyDocument = {
    ...{
      Version: text(config['version'], '2012-10-17'),
      Id: (config['policy_id'] ?? undefined) as string | undefined,
    },
    Statement: statements,
  };
  const merged = mergePolicies([...sources, current, ...documents(config, 'override_policy_documents')]);
  const json = policyJson(merged, '  ');
  return { id: String(crc32(json)), json, minified_json: policyJson(merged) };
}

function documents(config: Values, name: string): readonly PolicyDocument[] {
  const texts = (config[name] ?? []) as readonly (string | null)[];
  return texts.flatMap((text, index) => {
    if (text === null || text === '') return [];
    try {
      return [readPolicyDocument(text)];
    } catch (error) {
      throw new StandInError(
        `${name} has an element that is no policy`,
        `Element ${index}: ${(error as Error).message}`,
      );
    }
  });
}

function refuseEqualSids(sids: readonly (string | undefined)[]): void {
  const named = sids.filter((sid) => sid !== undefined && sid !== '');
  const repeated = named.find((sid, index) => named.indexOf(sid) !== index);
  if (repeated === undefined) return;
  throw new StandInError(`duplicate Sid (${repeated})`, 'Remove the Sid or ensure the Sid is unique.');
}
