/** Warns of lifecycle policies of container repositories that delete more images. */
import { attribute, isList, isSame, numberOf, parseJsonText, toRecord, type Value } from '../model/value';
import { isWritten } from './settings';
import { type Part, rule, text, value } from './warning';

export const imageLifecycleRule = rule('data', (change, plan) => {
  const { type, action, before, after } = change;
  if (!/^aws_ecr(public)?_lifecycle_policy$/.test(type) || !isWritten(change)) return [];
  if (action === 'create' && plan.index.parent(change) === 'new') return [];
  const known = imageRulesOf(before);
  return imageRulesOf(after)
    .filter((rule) => !known.some((old) => isSame(selection(rule), selection(old)) && countOf(rule) >= countOf(old)))
    .map((rule): readonly Part[] => text`deletes images by the rule ${value(rule, ['policy'])}`);
});

function imageRulesOf(side: Value): readonly Value[] {
  const rules = attribute(parseJsonText(attribute(side, 'policy')), 'rules');
  return isList(rules) ? rules : [];
}

function selection(rule: Value): Value {
  return { ...toRecord(attribute(rule, 'selection')), countNumber: null };
}

function countOf(rule: Value): number {
  return numberOf(attribute(attribute(rule, 'selection'), 'countNumber')) ?? 0;
}
