const agents = JSON.parse(process.env.AGENTS);

/** Allows a customer's token the paths of that customer, and an agent's token all paths. */
exports.handler = async ({ authorizationToken, methodArn }) => {
  const token = authorizationToken.slice('Bearer '.length);
  const customer = agents[token];
  if (customer === undefined) throw new Error('Unauthorized');
  const [api, stage] = methodArn.split('/');
  return {
    principalId: token.replace('token-of-', ''),
    context: { customer, level: customer === '*' ? 2 : 1 },
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        customer === ''
          ? { Effect: 'Deny', Action: 'execute-api:*', Resource: '*' }
          : {
              Effect: 'Allow',
              Action: 'execute-api:Invoke',
              Resource: [`${api}/${stage}/*/${customer}`, `${api}/${stage}/*/${customer}/*`],
            },
      ],
    },
  };
};
