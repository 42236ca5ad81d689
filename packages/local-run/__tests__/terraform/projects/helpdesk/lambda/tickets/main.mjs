import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';

const tickets = DynamoDBDocument.from(new DynamoDBClient());
const TableName = process.env.TABLE;

const json = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });

const operations = {
  async GET({ customer }) {
    const { Items } = await tickets.query({
      TableName,
      IndexName: 'urgency',
      KeyConditionExpression: 'customer = :customer',
      ExpressionAttributeValues: { ':customer': customer },
      ScanIndexForward: false,
    });
    return json(
      200,
      Items.map(({ number, subject, urgency, opened_by }) => ({ number, subject, urgency, opened_by })),
    );
  },

  async POST({ customer }, { number, subject, urgency = 1 }, { requestContext, stageVariables }) {
    const { principalId, level } = requestContext.authorizer;
    const Item = { customer, number, subject, urgency, opened_by: principalId };
    await tickets.put({ TableName, Item, ConditionExpression: 'attribute_not_exists(customer)' });
    return json(201, { number, level, text: `${stageVariables.greeting}, ${principalId}` });
  },

  async PATCH({ customer, number }, { urgency }) {
    const { Attributes } = await tickets.update({
      TableName,
      Key: { customer, number: Number(number) },
      UpdateExpression: 'SET urgency = :urgency',
      ConditionExpression: 'attribute_exists(customer)',
      ExpressionAttributeValues: { ':urgency': urgency },
      ReturnValues: 'ALL_NEW',
    });
    return json(200, Attributes);
  },

  async DELETE({ customer, number }) {
    await tickets.delete({ TableName, Key: { customer, number: Number(number) } });
    return { statusCode: 204 };
  },
};

export const handler = async (event) => {
  try {
    return await operations[event.httpMethod](event.pathParameters, JSON.parse(event.body ?? '{}'), event);
  } catch (error) {
    const status = { AccessDeniedException: 403, ConditionalCheckFailedException: 409 }[error.name] ?? 500;
    return json(status, { error: error.name });
  }
};
