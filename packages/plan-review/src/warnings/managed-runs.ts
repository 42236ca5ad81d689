/** Warns of managed resources whose creation or change invokes a function, or runs a document or statement. */
import { attribute, isEmpty } from '../model/value';
import { isWritten } from './settings';
import { join, name, rule, text, value } from './warning';

/** The start of each warning, and the attributes that say what runs. */
const RUNS: Readonly<Record<string, readonly [start: string, ...attributes: string[]]>> = {
  aws_lambda_invocation: ['invokes a function', 'function_name', 'qualifier', 'input'],
  aws_redshiftdata_statement: ['runs a statement in a database', 'database', 'sql', 'parameters'],
  aws_ssm_association: ['runs a document on instances', 'name', 'instance_id', 'targets', 'parameters'],
};

export const managedRunsRule = rule('runs', (change) => {
  const found = Object.hasOwn(RUNS, change.type) ? RUNS[change.type] : undefined;
  // An invocation for the whole life of a resource also runs when Terraform deletes it.
  const isLast = change.action === 'delete' && attribute(change.before, 'lifecycle_scope') === 'CRUD';
  if (!found || !(isWritten(change) || isLast)) return [];
  const side = isLast ? change.before : change.after;
  const [start, ...keys] = found;
  const shown = keys.filter((key) => !isEmpty(attribute(side, key)));
  return [text`${start}: ${join(shown.map((key) => text`${name(key)} ${value(attribute(side, key), [key])}`))}`];
});
