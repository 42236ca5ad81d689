/** The statements of the policies in a synthesized stack `state`. */
import { synthState, type Synthesized } from './synth';

export const SETTINGS = {
  stateBucket: 'acme-terraform-state',
  namePrefix: 'acme',
  githubRepository: 'acme/crud',
  githubRepositoryId: '456789',
  githubOwnerId: '123456',
  stateAdministrators: ['arn:aws:iam::111122223333:role/admin'],
};
export const NO_IDS = { githubRepositoryId: '', githubOwnerId: '' };
export const ISSUER = 'token.actions.githubusercontent.com';
export const BOUNDARY = 'arn:aws:iam::111122223333:policy/acme-cdktf-serverless-crud-boundary-us-east-1';

export interface Statement {
  readonly sid: string;
  readonly effect?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

export const stack = synthState(SETTINGS);
export const withBoundary = synthState({ ...SETTINGS, permissionsBoundary: BOUNDARY });

export const statements = (document: string, from: Synthesized = stack) =>
  from.data['aws_iam_policy_document']?.[document].statement as readonly Statement[];

export const find = (document: string, sid: string, from: Synthesized = stack) => {
  const statement = statements(document, from).find((other) => other.sid === sid);
  if (!statement) throw new Error(`There is no statement ${sid}.`);
  return { ...statement, resources: statement.resources.map(withoutReferences) };
};

/** Replaces references by values. */
export function withoutReferences(text: string): string {
  return text
    .replaceAll('${data.aws_partition.current.partition}', 'aws')
    .replaceAll('${data.aws_caller_identity.current.account_id}', '111122223333')
    .replaceAll('${aws_s3_bucket.state.arn}', 'arn:aws:s3:::acme-terraform-state')
    .replaceAll('${aws_s3_bucket.state_logs.arn}', 'arn:aws:s3:::acme-terraform-state-logs');
}
