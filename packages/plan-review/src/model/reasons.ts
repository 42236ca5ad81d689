/** Explains why Terraform chose an action: the values of `action_reason` in Terraform 1.14 and OpenTofu 1.13. */

/** Texts by reason. The reader of plans refuses other reasons. */
export const REASONS: Readonly<Record<string, string | null>> = {
  // The summary names the attributes.
  replace_because_cannot_update: null,
  replace_because_tainted: 'tainted: an earlier apply failed to create it',
  replace_by_request: 'requested with -replace',
  replace_by_triggers: 'forced by replace_triggered_by: another resource changes',
  delete_because_no_resource_config: 'no longer in the configuration',
  delete_because_wrong_repetition: 'count or for_each was added or removed',
  delete_because_count_index: 'its index is outside of count',
  delete_because_each_key: 'its key is no longer in for_each',
  delete_because_no_module: 'its module is no longer in the configuration',
  delete_because_no_move_target: 'the target of its moved block does not exist',
  delete_because_enabled_false: 'its argument enabled is false',
  forgot_because_lifecycle_destroy_in_config: 'its argument lifecycle.destroy is false',
  forgot_because_lifecycle_destroy_in_state: 'its argument lifecycle.destroy was false in the last apply',
  read_because_config_unknown: 'its arguments are known only after the apply',
  read_because_dependency_pending: 'a resource that it depends on changes',
  read_because_check_nested: 'a check needs it',
};

/** @returns undefined for no reason, and for a replacement that changed attributes force */
export function reasonText(reason: string | undefined): string | undefined {
  return reason !== undefined && Object.hasOwn(REASONS, reason) ? (REASONS[reason] ?? undefined) : undefined;
}
