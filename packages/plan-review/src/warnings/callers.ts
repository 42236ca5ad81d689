/** What stops working for those who call an API: its address, its routes, their keys. */
import { attribute, SENSITIVE_CHANGED } from '../value';
import { parentGone } from './attached';
import type { Rule } from './finding';

const APIS = /^aws_(apigatewayv2_api|api_gateway_rest_api|api_gateway_stage|apigatewayv2_stage|lambda_function_url)$/;
const ROUTES = /^aws_(apigatewayv2_route|api_gateway_method)$/;

export const callers: Rule = (change, plan) => {
  const { action, type, address } = change;
  if (action === 'create' || action === 'none') return [];
  const gone = action === 'delete' || action === 'replace';
  const finding = (text: string) => [{ kind: 'callers', address, text } as const];
  if (type === 'aws_api_gateway_api_key') {
    const another = attribute(change.after, 'value') === SENSITIVE_CHANGED;
    if (gone || another)
      return finding(
        `${action === 'delete' ? 'is deleted' : 'gets another value'}: callers with the old one get a 403`,
      );
    return attribute(change.before, 'enabled') === true && attribute(change.after, 'enabled') === false
      ? finding('is disabled: callers with the key get a 403')
      : [];
  }
  // With the API, all of it goes: one line says it.
  if (!gone || parentGone(change, plan)) return [];
  if (APIS.test(type))
    return finding(action === 'delete' ? 'is deleted: its address ends' : 'is replaced: its address may be another');
  return action === 'delete' && ROUTES.test(type) ? finding('is deleted: callers of the route get an error') : [];
};
