/** Warns of changes that break callers of an API: changes of its URL, routes or API keys. */
import { attribute, isSame, UNKNOWN } from '../model/value';
import { isParentDestroyed } from './parent';
import type { Rule } from './warning';

const APIS = /^aws_(apigatewayv2_api|api_gateway_rest_api|api_gateway_stage|apigatewayv2_stage|lambda_function_url)$/;
const ROUTES = /^aws_(apigatewayv2_route|api_gateway_method)$/;

export const callersRule: Rule = (change, plan) => {
  const { action, type, address, before, after } = change;
  const warning = (text: string) => [{ kind: 'callers', address, text: [text] } as const];
  if (action === 'create' || action === 'none') return [];
  const isDestroyed = action === 'delete' || action === 'replace';
  if (type === 'aws_api_gateway_api_key') {
    if (action === 'delete') return warning('is deleted: callers with this key get 403');
    const newValue = attribute(after, 'value');
    if (isDestroyed || (newValue !== UNKNOWN && !isSame(attribute(before, 'value'), newValue))) {
      return warning('gets a new value: callers with the old value get 403');
    }
    const isDisabled = attribute(before, 'enabled') === true && attribute(after, 'enabled') === false;
    return isDisabled ? warning('is disabled: callers with this key get 403') : [];
  }
  // A destroyed API causes one warning; its routes and stages cause none.
  if (!isDestroyed || isParentDestroyed(change, plan)) return [];
  if (APIS.test(type)) {
    return warning(action === 'delete' ? 'is deleted: its URL stops working' : 'is replaced: its URL may change');
  }
  return action === 'delete' && ROUTES.test(type) ? warning('is deleted: callers of the route get an error') : [];
};
