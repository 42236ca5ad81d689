/** Explains why Terraform chose an action: texts for `action_reason`. */

/** Texts by reason. `replace_because_cannot_update` has none: the summary names the attributes. `src/read` refuses unknown reasons. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'tainted: an earlier apply failed to create it',
  replace_by_request: 'requested with -replace',
  replace_by_triggers: 'forced by replace_triggered_by: another resource changes',
  delete_because_no_resource_config: 'no longer in the configuration',
  delete_because_wrong_repetition: 'count or for_each was added or removed',
  delete_because_count_index: 'its index is outside of count',
  delete_because_each_key: 'its key is no longer in for_each',
  delete_because_no_module: 'its module is no longer in the configuration',
  delete_because_no_move_target: 'the target of its moved block does not exist',
  read_because_config_unknown: 'its arguments are known only after the apply',
  read_because_dependency_pending: 'a resource that it depends on changes',
  read_because_check_nested: 'a check needs it',
};

/** @returns undefined for no reason, and for a replacement that changed attributes force */
export function reasonText(reason: string | undefined): string | undefined {
  return reason !== undefined && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
}
