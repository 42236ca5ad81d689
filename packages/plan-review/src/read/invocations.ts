/** Reads the actions that a plan invokes, and its failed checks. */
import { uniteMarks } from '../model/hidden';
import type { FailedCheck, Invocation } from '../model/plan';
import type { RawPlan } from './raw-plan';
import { withUnknown } from './unknown';

export function readInvocations({ action_invocations: invocations = [] }: RawPlan): Invocation[] {
  return invocations.map((invocation) => {
    const settings = withUnknown(invocation.config_values ?? null, invocation.config_unknown ?? false);
    const { lifecycle_action_trigger: lifecycle } = invocation;
    const invoke = invocation.invoke_action_trigger ?? invocation.invoke_cmd_action_trigger;
    return {
      address: invocation.address,
      type: invocation.type,
      ...(invocation.provider_name !== undefined && { provider: invocation.provider_name }),
      settings,
      hidden: uniteMarks(null, settings, false, invocation.config_sensitive ?? false),
      trigger: { ...(lifecycle !== undefined && { lifecycle }), ...(invoke !== undefined && { invoke }) },
    };
  });
}

/** Reads the checks, preconditions and postconditions that fail. Terraform can apply the plan although they fail. */
export function readFailedChecks({ checks = [] }: RawPlan): FailedCheck[] {
  return checks.flatMap(({ address, status, instances = [] }) => {
    const failed = instances.filter((instance) => isFailure(instance.status));
    const results = failed.map((instance): FailedCheck => ({
      address: instance.address.to_display,
      status: instance.status === 'fail' ? 'fail' : 'error',
      messages: (instance.problems ?? []).map(({ message }) => message),
    }));
    // Terraform lists no instance when an error prevents it from finding them.
    if (results.length > 0 || !isFailure(status)) return results;
    return [{ address: address.to_display, status: status === 'fail' ? 'fail' : 'error', messages: [] }];
  });
}

function isFailure(status: string): boolean {
  return status === 'fail' || status === 'error';
}
