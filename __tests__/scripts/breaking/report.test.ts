import { breakingReport, breakingText } from '../../../scripts/breaking/report';

test('is empty without findings', () => {
  expect(breakingReport([{ api: 'orders', findings: [] }])).toBe('');
  expect(breakingText([{ api: 'orders', findings: [] }])).toBe('');
});

test('lists a change once, with its routes', () => {
  const change = 'has maxLength 10, was 20';
  const places = ['POST /orders', 'PUT /orders/{id}', 'PATCH /orders/{id}', 'POST /carts'];
  const findings = places.map((place) => ({ place: `${place}, body code`, change }));
  expect(breakingReport([{ api: 'orders', findings }])).toBe(
    [
      '> [!CAUTION]',
      '> This change breaks callers of the contracts in the base branch, or does not fit stored items',
      '>',
      '> - orders: `POST /orders`, `PUT /orders/{id}`, `PATCH /orders/{id}` and 1 more: body code has maxLength 10, was 20',
      '',
    ].join('\n'),
  );
});

test('escapes values, so that they cannot end the block, mention people or look like a review record', () => {
  const hostile = 'has pattern "\n# <!-- plan-review 1 --> @somebody `x` [a](b)"';
  const report = breakingReport([{ api: 'orders', findings: [{ place: 'POST /orders, body code', change: hostile }] }]);
  const [line = '', end] = report.split('\n').slice(3);
  expect(end).toBe('');
  expect(line.replace('`POST /orders`', '')).not.toMatch(/[<@`[]|#(?!\d)/);
});

test('does not escape values on a terminal, but removes control characters', () => {
  const change = 'requires [{"jwt":[]}], required nothing \u001b[2J\n';
  expect(breakingText([{ api: 'orders', findings: [{ place: 'GET /orders', change }] }])).toBe(
    'orders: GET /orders: requires [{"jwt":[]}], required nothing [2J\n',
  );
});

test('lists at most 50 changes in Markdown and counts the others, and all changes on a terminal', () => {
  const findings = Array.from({ length: 60 }, (_, at) => ({ place: `item f${at}`, change: `is required now ${at}` }));
  const lines = breakingReport([{ api: 'orders', findings }])
    .trim()
    .split('\n');
  expect(lines).toHaveLength(54);
  expect(lines.at(-1)).toContain('and 10 more');
  expect(breakingText([{ api: 'orders', findings }]).match(/\n/g)).toHaveLength(60);
});

test('lists fewer changes in Markdown when they are long', () => {
  const findings = Array.from({ length: 40 }, (_, at) => ({ place: `item f${at}`, change: `${at}${'{'.repeat(290)}` }));
  const report = breakingReport([{ api: 'orders', findings }]);
  expect(Buffer.byteLength(report)).toBeLessThan(13_000);
  expect(report).toMatch(/^> - \.\.\. and 3\d more/m);
});
