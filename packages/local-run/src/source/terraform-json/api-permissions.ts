/** Reads which routes and function URLs with AWS_IAM a role may call. */
import type { ApiPermissions } from '../../model/deployment';
import type { NotSimulated } from '../../model/not-simulated';
import { readPolicy } from '../../services/iam/policy';
import type { PolicySource } from './role-policies';

const SERVICES = ['execute-api', 'lambda'] as const;

/**
 * @param address the address of the role
 * @param boundary the permissions boundary of the role
 * @returns undefined when no statement concerns these services
 */
export function readApiPermissions(
  address: string,
  policies: readonly PolicySource[],
  boundary: PolicySource | undefined,
): ApiPermissions | undefined {
  const allowed = readAll(address, policies);
  const bounds = boundary && readAll(address, [boundary]);
  const causes = [...allowed.causes, ...(bounds?.causes ?? [])];
  if (allowed.statements.length === 0 && causes.length === 0) return undefined;
  return {
    statements: allowed.statements,
    ...(bounds && { boundary: bounds.statements }),
    ...(causes.length > 0 && { notSimulated: causes }),
  };
}

function readAll(address: string, policies: readonly PolicySource[]) {
  const read = policies.flatMap(({ where, document }) =>
    SERVICES.map((service) => readPolicy(where, document, service)),
  );
  const unsupported = read.flatMap((result) => result.unsupported);
  const causes = unsupported.map((part): NotSimulated => ({ address, problem: part.found, ...part }));
  return { statements: read.flatMap(({ policy }) => policy.statements), causes };
}
