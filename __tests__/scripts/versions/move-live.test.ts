/** How npm run rollback moves several aliases, and what it says when one cannot be moved. */
import { moveAll, nextPlanText } from '../../../scripts/versions/move-live';
import type { Move } from '../../../scripts/versions/plan-moves';
import type { AliasTarget } from '../../../scripts/versions/versions';

const move = (functionName: string, from: string, to: string): Move => ({
  to,
  target: {
    address: `aws_lambda_alias.${functionName}`,
    functionName,
    versions: [],
    live: { version: from, weighted: [], revision: `revision of ${functionName}` },
  },
});
const MOVES = [move('orders-put', '7', '6'), move('orders-get', '3', '2'), move('orders-list', '5', '4')];

let aliases: Map<string, string>;
let printed: string[];
let refused: Readonly<Record<string, Error>>;

beforeEach(() => {
  aliases = new Map();
  printed = [];
  refused = {};
});

const versions = {
  moveLive: (functionName: string, version: string, { revision }: AliasTarget) => {
    expect(revision).toBe(`revision of ${functionName}`);
    if (refused[functionName]) return Promise.reject(refused[functionName]);
    aliases.set(functionName, version);
    return Promise.resolve();
  },
  live: (functionName: string) =>
    Promise.resolve({ version: aliases.get(functionName) ?? '', weighted: [], revision: undefined }),
};
const moveAllTo = () => moveAll('orders', MOVES, versions, (line) => printed.push(line));
const errorOf = (name: string, message: string) => Object.assign(new Error(message), { name });

test('moves all aliases, and prints a line for each', async () => {
  await moveAllTo();
  expect([...aliases]).toEqual(MOVES.map(({ target, to }) => [target.functionName, to]));
  expect(printed).toEqual([
    'orders-put: version 6 is live now; it was version 7.',
    'orders-get: version 2 is live now; it was version 3.',
    'orders-list: version 4 is live now; it was version 5.',
  ]);
});

test('moves the other aliases after a failure, and prints the command that moves the rest', async () => {
  refused = { 'orders-get': errorOf('PreconditionFailedException', 'The RevisionId provided does not match') };
  await expect(moveAllTo()).rejects.toThrow(
    new Error(
      [
        'orders-get was not moved to 2: the alias has changed since it was read.',
        'Moved: orders-put to 6, orders-list to 4.',
        'Continue with:',
        '  npm run rollback -- orders --function orders-get --to 2',
      ].join('\n'),
    ),
  );
  expect(printed).toHaveLength(2);
});

test('prints a command for each failure, with the reason', async () => {
  const expired = errorOf('ExpiredTokenException', 'The token has expired');
  refused = { 'orders-put': expired, 'orders-get': expired, 'orders-list': expired };
  await expect(moveAllTo()).rejects.toThrow(
    /^orders-put was not moved to 6: ExpiredTokenException: The token has expired\.\n(?:orders-.*\n){2}Continue with:\n(?: {2}npm run rollback -- orders --function orders-\w+ --to \d\n?){3}$/,
  );
});

test('an alias that a deployment moves forward meanwhile is a failure', async () => {
  const overtaken = {
    ...versions,
    live: () => Promise.resolve({ version: '8', weighted: [], revision: undefined }),
  };
  await expect(moveAll('orders', MOVES.slice(0, 1), overtaken, (line) => printed.push(line))).rejects.toThrow(
    'orders-put was not moved to 6: a deployment has moved the alias to version 8 since.',
  );
  expect(printed).toEqual([]);
});

test('the last text names the aliases that the next plan changes', () => {
  expect(nextPlanText(MOVES.slice(0, 1), 'orders')).toMatch(
    /^The next plan shows a change of aws_lambda_alias\.orders-put: .* before the next deployment of orders\.$/,
  );
});
