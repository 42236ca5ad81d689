/** The lines about values of the account that are made up. */
import type { Deployment, MadeUpValue } from '../../src/model/deployment';
import { madeUpText } from '../../src/print/made-up';

const textFor = (...madeUp: readonly MadeUpValue[]) => madeUpText({ stack: 'shop', madeUp } as unknown as Deployment);

const parameter = (name: string, value: string) => ({
  address: `data.aws_ssm_parameter.${name}`,
  attribute: 'value',
  value,
});

const ADVICE =
  '         Only your account has such values. To set them, read them from variables, and pass --var NAME=VALUE.';

test('names each value, and says what to do', () => {
  expect(textFor(parameter('limit', ''), parameter('text', `two\nlines ${'x'.repeat(80)}`))?.split('\n')).toEqual([
    'made up  shop: data.aws_ssm_parameter.limit.value is empty',
    `made up  shop: data.aws_ssm_parameter.text.value is two lines ${'x'.repeat(50)}...`,
    ADVICE,
  ]);
});

test('names many values in one line', () => {
  const lines = textFor(...['a', 'b', 'c', 'd', 'e'].map((name) => parameter(name, '')))?.split('\n');
  expect(lines).toEqual([
    expect.stringMatching(
      /^made up {2}shop: data\.aws_ssm_parameter\.a\.value, data\.aws_ssm_parameter\.b\.value, .*e\.value$/,
    ),
    ADVICE,
  ]);
});

test('says nothing without such a value', () => {
  expect(textFor()).toBeUndefined();
});
