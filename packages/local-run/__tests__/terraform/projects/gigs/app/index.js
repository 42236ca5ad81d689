const { announceGig, listBand, listGigs, showGig } = require('./lib/gigs');
const { signTicket } = require('./lib/tickets');

const operations = {
  'GET /gigs/{venue}': ({ venue }) => listGigs(venue),
  'GET /gigs/{venue}/{date}': showGig,
  'PUT /gigs/{venue}/{date}': (key, body) => announceGig({ ...key, ...JSON.parse(body) }),
  'GET /gigs/{venue}/{date}/tickets/{seat}': signTicket,
  'GET /bands/{band}': ({ band }) => listBand(band),
};

exports.handler = async ({ routeKey, pathParameters, body }) => {
  try {
    return await operations[routeKey](pathParameters, body);
  } catch (error) {
    console.error(error);
    return { statusCode: error.name === 'AccessDeniedException' ? 403 : 500, body: error.name };
  }
};
