const charts = { rock: ['Anvil', 'Basalt'], folk: ['Heather'] };

exports.handler = async (event) => ({
  statusCode: 200,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'max-age=3600' },
  body: JSON.stringify(charts[event.queryStringParameters?.genre] ?? Object.keys(charts)),
});
