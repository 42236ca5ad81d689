const LINES = { 'key-of-islands': 'islands', 'key-of-fjord': 'fjord' };

/** Allows an agency to change the crossings of its own line. */
exports.handler = async ({ identitySource: [key], routeArn }) => {
  const line = LINES[key];
  const [api, stage] = routeArn.split('/');
  const Effect = line === undefined ? 'Deny' : 'Allow';
  const Resource = `${api}/${stage}/*/lines/${line ?? '*'}/*`;
  return {
    principalId: line ?? 'nobody',
    policyDocument: { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] },
    context: { line, ranks: 2 },
  };
};
