/** Warns of throttles and quotas that let in more requests. */
import type { Change, Plan } from '../model/plan';
import { attribute, numberOf, UNKNOWN, type Value } from '../model/value';
import { refersToNew } from './references';
import { changedSettings, isRewritten, plainText, type Setting } from './settings';
import { blocksOf } from './lists';
import { type Check, join, name, rule, text, value } from './warning';

const APIS = /^aws_api_?gateway/;
/** Limits of requests, by the name of the attribute. */
export const LIMITS = /^(throttling_)?(burst|rate)_limit$/;
/** Limits of the concurrent invocations of a function. */
const CONCURRENCY = /^(reserved_concurrent_executions|maximum_concurrency)$/;
const FUNCTIONS = /^aws_lambda_(function|event_source_mapping)$/;
/** The periods of a quota, from short to long: a limit for a shorter period lets in more requests. */
const PERIODS = ['DAY', 'WEEK', 'MONTH'];

export const throttlesRule = rule('access', changedLimits, deletedLimits, newMethodSettings);

function changedLimits(change: Change): ReturnType<Check> {
  if (!(APIS.test(change.type) || FUNCTIONS.test(change.type)) || !isRewritten(change)) return [];
  return changedSettings(change).flatMap((setting) => [...limitTexts(setting, change), ...periodTexts(setting)]);
}

function deletedLimits(change: Change, plan: Plan): ReturnType<Check> {
  if (change.type !== 'aws_api_gateway_method_settings' || change.action !== 'delete') return [];
  if (plan.index.parent(change) === 'destroyed') return [];
  const limits = changedSettings(change).filter(
    ({ name: last, before }) => LIMITS.test(last) && limitOf(before) < Infinity,
  );
  return limits.length === 0 ? [] : [['is deleted: only the limits of the account remain']];
}

/** Warns of new settings without limits for methods of an existing stage: they end a limit that the stage has for all methods. */
function newMethodSettings(change: Change, plan: Plan): ReturnType<Check> {
  const { type, action, after } = change;
  if (type !== 'aws_api_gateway_method_settings' || action !== 'create') return [];
  // Without a limit for all methods, there is no limit that ends. -1 is the default of the provider.
  if (attribute(after, 'method_path') === '*/*') return [];
  if (plan.index.parent(change) === 'new' || refersToNew(change, 'stage_name', plan)) return [];
  const settings = blocksOf(after, 'settings')[0];
  const unlimited = ['throttling_burst_limit', 'throttling_rate_limit'].filter(
    (key) => (numberOf(attribute(settings, key)) ?? 0) < 0,
  );
  return unlimited.length === 0
    ? []
    : [text`sets no ${join(unlimited.map(name))} for these methods: only the limits of the account remain`];
}

function limitTexts({ name: last, path, after, ...setting }: Setting, change: Change): ReturnType<Check> {
  // A route without settings has the limits of its stage.
  const stage = path[0] === 'route_settings' ? blocksOf(change.before, 'default_route_settings')[0] : undefined;
  const before = setting.before ?? attribute(stage, last);
  const isQuota = last === 'limit' && path.includes('quota_settings');
  const isLimit = LIMITS.test(last) || isQuota || (FUNCTIONS.test(change.type) && CONCURRENCY.test(last));
  if (!isLimit || after === UNKNOWN || limitOf(after) <= limitOf(before)) return [];
  if (limitOf(after) === Infinity) return [text`loses its ${name(last)}, which was ${value(before, path)}`];
  return [text`has a larger ${name(last)}: ${value(after, path)} instead of ${value(before, path)}`];
}

/** Returns Infinity if there is no limit: it is missing, or -1 in the method settings of a stage. */
function limitOf(limit: Value | undefined): number {
  const number = numberOf(limit);
  return number === undefined || number < 0 ? Infinity : number;
}

function periodTexts({ name: last, path, before, after }: Setting): ReturnType<Check> {
  if (last !== 'period' || !path.includes('quota_settings')) return [];
  const [oldIndex = -1, newIndex = -1] = [before, after].map((period) => PERIODS.indexOf(plainText(period)));
  if (newIndex < 0 || newIndex >= oldIndex) return [];
  return [text`resets its quota every ${value(after, path)} instead of every ${value(before, path)}`];
}
