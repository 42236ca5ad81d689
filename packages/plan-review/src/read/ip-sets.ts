/** Finds the IP sets whose members a web ACL lets in. */
import type { Change } from '../model/plan';
import { attribute, isList, isObject, type Value } from '../model/value';

const ACLS = /^aws_wafv2_(web_acl|rule_group)$/;

/** Returns the ARNs of the IP sets in rules that allow their members, or that block everyone else. */
export function readAllowingIpSets(resources: readonly Change[]): ReadonlySet<string> {
  const acls = resources.filter(({ type }) => ACLS.test(type));
  const rules = acls.flatMap(({ before, after }) => [before, after].flatMap((side) => listOf(attribute(side, 'rule'))));
  return new Set(
    rules.flatMap((rule) => {
      const [action] = listOf(attribute(rule, 'action'));
      const isAllow = listOf(attribute(action, 'allow')).length > 0;
      return ipSetsIn(attribute(rule, 'statement'), isAllow);
    }),
  );
}

/** @param isAllowed whether the rule lets in requests that match the statement; `not_statement` turns this around */
function ipSetsIn(statement: Value | undefined, isAllowed: boolean): string[] {
  if (isList(statement)) return statement.flatMap((member) => ipSetsIn(member, isAllowed));
  if (!isObject(statement)) return [];
  return Object.entries(statement).flatMap(([name, part]) => {
    if (name === 'ip_set_reference_statement') {
      const arns = listOf(part).map((reference) => attribute(reference, 'arn'));
      return isAllowed ? arns.filter((arn) => typeof arn === 'string') : [];
    }
    return ipSetsIn(part, name === 'not_statement' ? !isAllowed : isAllowed);
  });
}

function listOf(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}
