/** Warns of lifecycle policies of container repositories that delete more images. */
import {
  attribute,
  type Attributes,
  isList,
  isObject,
  isSame,
  numberOf,
  parseJsonText,
  type Value,
} from '../model/value';
import { type Part, rule, text } from './warning';

export const imageLifecycleRule = rule('data', (change, plan) => {
  const { type, action, before, after } = change;
  if (!/^aws_ecr(public)?_lifecycle_policy$/.test(type) || !['create', 'change', 'replace'].includes(action)) return [];
  if (action === 'create' && plan.index.parent(change) === 'new') return [];
  const known = imageRulesOf(before);
  return imageRulesOf(after)
    .filter((rule) => !known.some((old) => isSame(selection(rule), selection(old)) && countOf(rule) >= countOf(old)))
    .map((rule): readonly Part[] => text`deletes images by the rule ${{ value: rule }}`);
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

function toRecord(value: Value | undefined): Attributes {
  return isObject(value) ? value : {};
}
