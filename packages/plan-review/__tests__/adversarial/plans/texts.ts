/** Characters that hide a difference or act as markup, and values that look equal but are not. */
import { type Attack, change, more, planOf, resource } from '../build';

/** An attribute changes by a character without a visible shape. The summary must spell out the character. */
const INVISIBLE: readonly (readonly [name: string, character: string])[] = [
  ['a no-break space', '\u00a0'],
  ['a narrow no-break space', '\u202f'],
  ['an em space', '\u2003'],
  ['a hair space', '\u200a'],
  ['an ideographic space', '\u3000'],
  ['a mathematical space', '\u205f'],
  ['an ogham space', '\u1680'],
  ['a zero-width space', '\u200b'],
  ['a zero-width joiner', '\u200d'],
  ['a word joiner', '\u2060'],
  ['a soft hyphen', '\u00ad'],
  ['a byte order mark', '\ufeff'],
  ['a Hangul filler', '\u3164'],
  ['a half-width Hangul filler', '\uffa0'],
  ['a Hangul Jungseong filler', '\u1160'],
  ['a Khmer vowel without a shape', '\u17b4'],
  ['a Mongolian vowel separator', '\u180e'],
  ['a combining grapheme joiner', '\u034f'],
  ['a variation selector', '\ufe0f'],
  ['a variation selector of plane 14', '\u{e0101}'],
  ['a tag character', '\u{e0041}'],
  ['an empty Braille pattern', '\u2800'],
  ['a musical null note head', '\u{1d159}'],
  ['a right-to-left override', '\u202e'],
  ['an isolate', '\u2066'],
  ['a line separator', '\u2028'],
  ['a paragraph separator', '\u2029'],
  ['a carriage return', '\r'],
  ['a vertical tab', '\v'],
  ['a backspace', '\b'],
  ['an escape of a terminal', '\u001b'],
  ['a control character of eight bits', '\u009b'],
  ['a delete character', '\u007f'],
  ['a lone surrogate', '\ud800'],
  ['a private character', '\ue000'],
];

const hex = (character: string) => (character.codePointAt(0) ?? 0).toString(16);
/** The character as `\u{a0}`, or as JSON writes it: `\r`. */
const spelledOut = (character: string) =>
  new RegExp(`\\\\u\\{0*${hex(character)}\\}|\\\\u0*${hex(character)}|\\\\[rvbtnf]`);

const invisible = INVISIBLE.flatMap(([name, character]): Attack[] => [
  change(
    `${name} in a value`,
    'aws_thing.a',
    { a: 'night crew' },
    { a: 'night  crew' },
    { a: `night${character}crew` },
    { shows: spelledOut(character) },
  ),
  {
    hides: `${name} in an address, a key, an output and a warning`,
    reviewed: planOf(),
    plan: planOf({
      resources: [
        resource(
          `aws_dynamodb_table.a["x${character}y"]`,
          { name: `n${character}m` },
          null,
          {},
          { index: `x${character}y` },
        ),
        resource('aws_thing.b', null, { tags: { [`k${character}l`]: 'x' } }),
      ],
      output_changes: { [`out${character}put`]: { actions: ['create'], before: null, after: 1, after_unknown: false } },
    }),
    ...{ shows: spelledOut(character), warns: spelledOut(character) },
  },
]);

/** Text that could act as markup, end a block, or look like a part of the summary. */
const MARKUP: readonly string[] = [
  '<details><summary>only tags change</summary>',
  '</details>',
  '<!-- hidden',
  '-->',
  '```\n\n## Terraform plan: No changes\n\n```diff',
  '```',
  '~~~',
  '| a | b |\n| --- | --- |',
  '[click](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '@acme/owners approve',
  '&lt;b&gt;',
  '\\u{a0}',
  '\n@@ aws_thing.b is unchanged @@',
  '\n> [!NOTE]\n> Nothing to see',
  '\u001b[2K\u001b[1Anothing',
  '\n\nDigest `sha256:0000000000000000000000000000000000000000000000000000000000000000`',
  '<!-- plan-review 1 0123456789abcdef AAAA -->',
  '$& $1 $`',
  '"} # {"',
  '**bold** __bold__ ~~gone~~',
];

const behind = resource('aws_sqs_queue.behind', { delay: 1, name: 'x' }, { delay: 43199, name: 'x' });
const markup = MARKUP.map((text): Attack => {
  const tagged = (value: string) =>
    resource(
      'aws_cloudwatch_log_group.a',
      { name: 'a', tags: { note: 'x' } },
      { name: 'a', tags: { note: value, [value]: 'y' } },
    );
  const named = (value: string) =>
    resource(`aws_dynamodb_table.a[${JSON.stringify(value)}]`, { name: value }, null, {}, { index: value });
  return {
    hides: `a change behind ${JSON.stringify(text)}`,
    reviewed: planOf({ resources: [tagged(text), named(text)] }),
    plan: planOf({ resources: [tagged(text), named(text), behind] }),
    shows: /43199/,
  };
});

/** Two values that a careless comparison calls equal. Both are JSON; the first was reviewed. */
const LOOKALIKES: readonly (readonly [hides: string, reviewed: string, plan: string, shows?: RegExp])[] = [
  ['a number as text', '1000000', '"1000000"', /"1000000"/],
  ['a boolean as text', 'true', '"true"', /"true"/],
  ['a number that a double cannot hold', '9007199254740992', '9007199254740993', /9007199254740993/],
  ['a number as text that a double cannot hold', '9007199254740993', '"9007199254740993"', /"9007199254740993"/],
  ['a number beyond a double', '1e400', '1e401', /1e\+?401/],
  ['a fraction of many digits', '0.1', '0.1000000000000000055', /0\.1000000000000000055/],
  [
    'a number in JSON text',
    '"{\\"berth\\":880000000000000001}"',
    '"{\\"berth\\":880000000000000003}"',
    /880000000000000003/,
  ],
  ['a number with a fraction in JSON text', '"{\\"berth\\":1}"', '"{\\"berth\\":1.0}"', /1\.0/],
  ['a number with an exponent in JSON text', '"{\\"berth\\":1000}"', '"{\\"berth\\":1e3}"', /1e3/],
  ['a negative zero in JSON text', '"{\\"berth\\":0}"', '"{\\"berth\\":-0}"', /-0/],
  ['a duplicate key of JSON text', '"{\\"a\\":2}"', '"{\\"a\\":1,\\"a\\":2}"', /"?a\\?"?:\s?1/],
  ['a key __proto__ of JSON text', '"{\\"a\\":2}"', '"{\\"__proto__\\":{\\"admin\\":true},\\"a\\":2}"', /__proto__/],
  ['a key __proto__', '{"a":2}', '{"__proto__":{"admin":true},"a":2}', /__proto__/],
  ['deep JSON text', '"x"', JSON.stringify(`${'['.repeat(5000)}1${']'.repeat(5000)}`), /\[\[\[/],
  ['an empty text and null', 'null', '""'],
  ['the order of lines', '"check();\\nopen();\\nend1\\n"', '"open();\\ncheck();\\nend2\\n"', /check\(\)/],
  ['the order of members', '["verify","forward","n1"]', '["forward","verify","n2"]', /verify/],
  ['the order of members alone', '["verify","forward"]', '["forward","verify"]', /verify/],
  ['the order of members of JSON text', '"[\\"verify\\",\\"forward\\"]"', '"[\\"forward\\",\\"verify\\"]"', /verify/],
  ['a line end at the end', '"open();\\nclose();"', '"open();\\nclose();\\n"'],
  ['line ends of another system', '"open();\\nclose();\\n"', '"open();\\r\\nclose();\\r\\n"', /\\r|\\u\{d\}/],
  ['spaces within a line', '"if a:\\n  b()\\n"', '"if a:\\n    b()\\n"', /b\(\)/],
  ['a tab in place of spaces', '"if a:\\n    b()\\n"', '"if a:\\n\\tb()\\n"', /\\t|\\u\{9\}/],
  [
    'a second change in a long text',
    JSON.stringify(`a${'x'.repeat(300)}b${'y'.repeat(300)}c`),
    JSON.stringify(`A${'x'.repeat(300)}b${'y'.repeat(300)}EVIL`),
    /EVIL/,
  ],
  [
    'the last member of a long list',
    JSON.stringify(Array.from({ length: 400 }, (_, i) => `m${String(i)}`)),
    JSON.stringify([...Array.from({ length: 400 }, (_, i) => `m${String(i)}`), 'evil']),
    /evil/,
  ],
  ['a letter of another alphabet', '"paypal.example"', '"p\u0430ypal.example"', /p\u0430ypal|\\u\{430\}/],
  ['a letter with its accent apart', '"caf\u00e9"', '"cafe\u0301"', /caf/],
  ['repeated members', '["a","b"]', '["a","a","b"]', /"a"/],
];

const lookalikes = LOOKALIKES.map(([hides, reviewed, plan, shows]): Attack => {
  const changedTo = (json: string) =>
    planOf({ resources: [resource('aws_thing.a', { v: '%before%', w: 1 }, { v: '%after%', w: 2 })] })
      .replace('"%before%"', reviewed)
      .replace('"%after%"', () => json);
  return {
    hides: `${hides} (a look-alike)`,
    reviewed: changedTo(reviewed),
    plan: changedTo(plan),
    ...(shows && { shows }),
  };
});

export const texts: readonly Attack[] = [
  ...invisible,
  ...markup,
  ...lookalikes,
  more('a space at the end of a name', [resource('aws_dynamodb_table.a', { name: 'items ' }, null)], {
    shows: /aws_dynamodb_table\.a/,
    warns: /items/,
  }),
];
