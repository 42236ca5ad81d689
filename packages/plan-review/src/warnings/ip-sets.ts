/** Warns of more addresses in an IP set whose members a web ACL lets in. */
import { attribute } from '../model/value';
import { membersAt, membersOf } from './lists';
import { isRewritten } from './settings';
import { rule, text, values } from './warning';

export const ipSetsRule = rule('access', (change, plan) => {
  const { type, before, after } = change;
  const arn = attribute(before, 'arn');
  if (type !== 'aws_wafv2_ip_set' || !isRewritten(change)) return [];
  if (typeof arn !== 'string' || !plan.allowingIpSets.has(arn)) return [];
  const known = membersOf(attribute(before, 'addresses'));
  const added = membersAt(attribute(after, 'addresses'), ['addresses']).filter(({ member }) => !known.includes(member));
  return added.length === 0 ? [] : [text`lets in more addresses: ${values(added)}`];
});
