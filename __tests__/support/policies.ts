/** Copies synthesized stacks, and changes their policies. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Statement {
  actions: string[];
  readonly resources: string[];
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
}

interface Template {
  readonly data: { readonly aws_iam_policy_document: Readonly<Record<string, { readonly statement: Statement[] }>> };
}

/** Copies the synthesized folder, and changes the DynamoDB statements of one stack in the copy. @returns the copy's folder */
export function withPolicy(
  synthesized: string,
  copy: string,
  stack: string,
  change: (statement: Statement) => void,
): string {
  cpSync(synthesized, copy, { recursive: true });
  const { stacks } = JSON.parse(readFileSync(path.join(copy, 'manifest.json'), 'utf8')) as Manifest;
  const file = path.join(copy, stacks[stack]?.workingDirectory ?? '', 'cdk.tf.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  for (const { statement } of Object.values(template.data.aws_iam_policy_document)) {
    statement.filter(({ actions }) => actions.some((action) => action.startsWith('dynamodb:'))).forEach(change);
  }
  writeFileSync(file, JSON.stringify(template));
  return copy;
}
