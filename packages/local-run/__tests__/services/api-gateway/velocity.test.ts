/** Mapping templates: the supported part of the Velocity Template Language. */
import { parseTemplate } from '../../../src/services/api-gateway/rest-api/velocity/parser';
import { renderTemplate } from '../../../src/services/api-gateway/rest-api/velocity/render';
import { TemplateError } from '../../../src/services/api-gateway/rest-api/velocity/syntax';

const INPUT = {
  headers: { Origin: 'https://a.example.com', 'X-Count': '3' },
  query: { page: '2', both: 'query' },
  pathParameters: { id: '7', both: 'path' },
  stageVariables: { colour: 'blue' },
  context: { stage: 'prod', identity: { sourceIp: '127.0.0.1' } },
  body: '{"pets":[{"name":"Rex","age":3}]}',
};

const render = (template: string) => renderTemplate(parseTemplate(template), INPUT);

test.each([
  ['text without references', '{"a": "$5 #1"}', '{"a": "$5 #1"}'],
  ['context variables', '$context.stage ${context.identity.sourceIp}!', 'prod 127.0.0.1!'],
  ['stage variables', '$stageVariables.colour ${stageVariables.colour}', 'blue blue'],
  ['a missing value as it is written', '$context.none', '$context.none'],
  ['a missing quiet value as nothing', 'a$!context.none b', 'a b'],
  ['a parameter of the path before the query', "$input.params('both')", 'path'],
  ['a parameter of the query', '$input.params("page")', '2'],
  ['a missing parameter as nothing', '[$input.params("none")]', '[]'],
  ['the maps of parameters', '$input.params().header.get("X-Count")$input.params().path.id', '37'],
  ['the body', '$input.body', '{"pets":[{"name":"Rex","age":3}]}'],
  ['a value of the body', "$input.path('$.pets[0].name') $input.path(\"$['pets'][0].age\")", 'Rex 3'],
  [
    'a value of the body as JSON',
    "$input.json('$.pets[0].name') $input.json('$.pets')",
    '"Rex" [{"name":"Rex","age":3}]',
  ],
  ['a missing value of the body', "[$!input.path('$.none')$input.json('$.none')]", '[]'],
  [
    'values of a variable',
    "#set($inputRoot = $input.path('$'))$inputRoot.pets $inputRoot.none",
    '[{"name":"Rex","age":3}] $inputRoot.none',
  ],
  ['variables', '#set($a = "x")#set( $b = $a )$b${a}', 'xx'],
  ['the branch whose condition is true', '#if(1 == 2)a#elseif("b" == \'b\')b#{else}c#end', 'b'],
  ['the branch of #else', '#if($context.none)a#else b#end', ' b'],
  ['nested conditions', '#if(true)#if(false)a#{else}b#end c#end', 'b c'],
  ['and before or', '#if(false && false || true)yes#end', 'yes'],
  ['not and parentheses', '#if(!(true && false) && !false)yes#end', 'yes'],
  ['an empty text as true', '#if("")yes#end', 'yes'],
  ['methods of texts', '#if($context.stage.matches("pr[a-z]+") && !$context.stage.isEmpty())yes#end', 'yes'],
  ['no comments', 'a## comment\nb#* more *#c', 'abc'],
  ['a comment without an end as text', 'a#* b *#c#* d', 'ac#* d'],
  ['a beginning and an end that share a character as text', 'a#*#', 'a#*#'],
])('renders %s', (_, template, expected) => {
  expect(render(template).text).toBe(expected);
});

test('matches nothing with a pattern of the caller that is no regular expression', () => {
  const { text } = renderTemplate(parseTemplate('#if($context.stage.matches($input.params("p")))yes#{else}no#end'), {
    ...INPUT,
    query: { p: '[' },
  });
  expect(text).toBe('no');
});

test('overrides headers and the status', () => {
  const { headers, status, text } = render(
    '#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params("Origin"))' +
      '#set($context.responseOverride.status = 403)',
  );
  expect({ headers, status, text }).toEqual({
    headers: { 'Access-Control-Allow-Origin': 'https://a.example.com' },
    status: 403,
    text: '',
  });
});

test.each([
  ['#foreach($a in $b)#end', /#foreach/],
  ['#if(true)', /#if without #end/],
  ['a#end', /#end without #if/],
  ['$util.escapeJavaScript("a")', /\$util\.escapeJavaScript/],
  ['$input.path("$..name")', /the variable \$input\.path/],
  ['$input.json($context.stage)', /the variable \$input\.json/],
  ['#set($a = $input.path("$"))$a[0]', /the index in \$a\[0\]/],
  ['$unknown', /\$unknown/],
  ['#set($context.stage = "a")', /#set of \$context\.stage/],
  ['#if("a$b" == "a")#end', /the (expression|syntax)/],
  ['#if($context.stage.split(","))#end', /the method split/],
  ['#if(1 < 2)#end', /the syntax/],
  ['#if($context.stage.matches("["))#end', /the regular expression in \$context\.stage\.matches\("\["\)/],
  ['#if($context.stage.matches("\\p{Space}"))#end', /the regular expression/],
])('refuses %s', (template, message) => {
  expect(() => parseTemplate(template)).toThrow(TemplateError);
  expect(() => parseTemplate(template)).toThrow(message);
});

test('takes linear time for long texts', () => {
  const timeOf = (length: number) => {
    const template = `${'$ # {'.repeat(length)}${'#* '.repeat(length)}`;
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      render(template);
      return performance.now() - start;
    });
    return Math.min(...times);
  };
  timeOf(50_000);
  // Quadratic time would be 16 times as long.
  expect(timeOf(400_000)).toBeLessThan(10 * timeOf(100_000));
});
