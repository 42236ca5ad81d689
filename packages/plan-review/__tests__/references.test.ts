/** Reads the references of resources. */
import { parse, references } from './support/configuration';

test('follows references through inputs of modules, outputs of modules and for_each', () => {
  const attachment = (role: object, address = 'aws_x.a') => ({ address, expressions: { role } });
  const each = { ...attachment(references('each.value.name'), 'b.b'), for_each_expression: references('var.role') };
  const root_module = {
    resources: [attachment(references('module.m.name', 'module.m'))],
    module_calls: {
      m: {
        expressions: { role: references('each.value') },
        for_each_expression: references('aws_iam_role.own.id', 'aws_iam_role.own'),
        module: {
          resources: [attachment(references('var.role')), each],
          outputs: { name: { expression: references('aws_iam_role.inner.name', 'aws_iam_role.inner') } },
        },
      },
    },
  };
  const plan = parse({ configuration: { root_module } });
  expect(plan.references['aws_x.a']?.['role']).toEqual([
    'module.m.name',
    'module.m.aws_iam_role.inner.name',
    'module.m.aws_iam_role.inner',
    'module.m',
  ]);
  const input = ['module.m.var.role', 'each.value', 'aws_iam_role.own.id', 'aws_iam_role.own'];
  expect(plan.references['module.m.aws_x.a']?.['role']).toEqual(input);
  expect(plan.references['module.m.b.b']?.['role']).toEqual(['module.m.each.value.name', ...input]);
});

test('ends at a reference that leads to itself', () => {
  const outputs = { o: { expression: references('var.i') } };
  const call = { expressions: { i: references('module.m.o') }, module: { outputs } };
  const resources = [{ address: 'a.a', expressions: { x: references('module.m.o') } }];
  const plan = parse({ configuration: { root_module: { resources, module_calls: { m: call } } } });
  expect(plan.references['a.a']?.['x']).toEqual(['module.m.o', 'module.m.var.i']);
});
