/** Warns of changes that break callers of an API: changes of its URL, routes or API keys. */
import { attribute, isSame, UNKNOWN } from '../model/value';
import { ROUTES } from './routes';
import { rule } from './warning';

const APIS = /^aws_(apigatewayv2_api|api_gateway_rest_api|api_gateway_stage|apigatewayv2_stage|lambda_function_url)$/;

export const callersRule = rule('callers', (change, plan) => {
  const { action, type, before, after } = change;
  if (!['change', 'replace', 'delete'].includes(action)) return [];
  const isDestroyed = action === 'delete' || action === 'replace';
  if (type === 'aws_api_gateway_api_key') {
    if (action === 'delete') return [['is deleted: callers with this key get 403']];
    const isOther =
      attribute(after, 'value') === UNKNOWN || !isSame(attribute(before, 'value'), attribute(after, 'value'));
    if (isDestroyed || isOther) return [['gets a new value: callers with the old value get 403']];
    const isDisabled = attribute(before, 'enabled') === true && attribute(after, 'enabled') === false;
    return isDisabled ? [['is disabled: callers with this key get 403']] : [];
  }
  // A destroyed API causes one warning; its routes and stages cause none.
  if (!isDestroyed || plan.index.parent(change, 'before') === 'destroyed') return [];
  if (APIS.test(type)) {
    return [[action === 'delete' ? 'is deleted: its URL stops working' : 'is replaced: its URL may change']];
  }
  return action === 'delete' && ROUTES.test(type) ? [['is deleted: callers of the route get an error']] : [];
});
