/** Warns of addresses outside of AWS that get data, events or requests. */
import type { Change, Plan } from '../model/plan';
import { attribute, type Value } from '../model/value';
import { refersToNew } from './references';
import { changedSettings, isRewritten, isWritten } from './settings';
import { type Check, rule, text, value } from './warning';

export const outsideAddressesRule = rule('access', outsideSubscriber, outsideAddress);

/** Warns of subscribers outside of AWS, to a topic that exists already. */
function outsideSubscriber(change: Change, plan: Plan): ReturnType<Check> {
  const { type, after } = change;
  if (type !== 'aws_sns_topic_subscription' || !isWritten(change) || refersToNew(change, 'topic_arn', plan)) return [];
  const protocol = attribute(after, 'protocol');
  // An unknown topic is a topic that the plan re-creates.
  const isChanged = changedSettings(change).some(
    ({ name: last, after: changed }) => last === 'endpoint' || (last === 'topic_arn' && typeof changed === 'string'),
  );
  return isChanged && typeof protocol === 'string' && /^(https?|email|email-json|sms)$/.test(protocol)
    ? [text`sends the messages of the topic to ${value(attribute(after, 'endpoint'), ['endpoint'])}`]
    : [];
}

/** Attributes with an address outside of AWS that gets data or events. */
const ADDRESSES: readonly { readonly type: RegExp; readonly name: RegExp }[] = [
  { type: /^aws_cloudwatch_event_api_destination$/, name: /^invocation_endpoint$/ },
  { type: /^aws_kinesis_firehose_delivery_stream$/, name: /^(url|hec_endpoint|account_url)$/ },
  { type: /^aws_appsync_datasource$/, name: /^endpoint$/ },
  { type: /^aws_(apigatewayv2|api_gateway)_integration$/, name: /^(integration_)?uri$/ },
];

/** Warns of another address of an existing resource that sends data or requests. */
function outsideAddress(change: Change): ReturnType<Check> {
  if (!isRewritten(change)) return [];
  return changedSettings(change)
    .filter(({ name: last }) => ADDRESSES.some((place) => place.type.test(change.type) && place.name.test(last)))
    .filter(({ before, after }) => hostOf(after) !== undefined && hostOf(after) !== hostOf(before))
    .map(
      ({ path, before, after }) =>
        text`sends data to another host: ${value(after, path)} instead of ${value(before, path)}`,
    );
}

function hostOf(address: Value | undefined): string | undefined {
  return typeof address === 'string' ? /^https?:\/\/([^/?#]+)/i.exec(address)?.[1]?.toLowerCase() : undefined;
}
