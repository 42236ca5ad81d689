const OWNERS = ['mo', 'lee'];

/** Lets the owners of polls do all that follows `/polls/`, for a reason of at least five characters. */
exports.handler = async ({ identitySource, methodArn }) => {
  const [owner, reason] = identitySource.split(',');
  const [api, stage, method] = methodArn.split('/');
  const isAllowed = OWNERS.includes(owner) && reason.length >= 5;
  return {
    principalId: owner,
    context: { reason },
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: isAllowed ? 'Allow' : 'Deny',
          Action: 'execute-api:Invoke',
          Resource: `${api}/${stage}/${method}/polls/*`,
        },
      ],
    },
  };
};
