/** Warnings about templates and other documents that no rule reads completely. */
import { changeWarnings } from './support/warnings';

test.each([
  ['aws_servicecatalog_provisioned_product', { product_name: 'network', provisioning_artifact_name: 'v1' }],
  ['aws_servicecatalog_product', { provisioning_artifact_parameters: [{ template_url: 'https://a.example/t.json' }] }],
  ['aws_servicecatalog_provisioning_artifact', { template_physical_id: 'arn:aws:cloudformation:::stack/a' }],
  ['aws_serverlessapplicationrepository_cloudformation_stack', { application_id: 'a', semantic_version: '1' }],
])('warns of a template that the plan does not contain: %s', (type, after) => {
  for (const before of [null, {}]) {
    expect(changeWarnings(type, before, after)).toContainEqual(
      expect.stringMatching(/^hidden: uses a template that the plan does not contain/),
    );
  }
});

test.each([
  ['aws_cloudformation_stack', 'template_body', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }],
  ['aws_cloudformation_stack', 'template_body', { Type: 'AWS::IAM::AccessKey' }],
  ['aws_cloudformation_stack_set', 'template_body', { Type: 'AWS::Lambda::Permission', Principal: '*' }],
  ['aws_cloudcontrolapi_resource', 'desired_state', { ManagedPolicyArns: [] }],
])('warns of a document in JSON that no rule reads completely: %s.%s with %j', (type, attribute, properties) => {
  const document = JSON.stringify({ Resources: { a: properties } });
  for (const before of [null, { [attribute]: '{}' }]) {
    const warnings = changeWarnings(type, before, { [attribute]: document });
    expect(warnings).toContainEqual(expect.stringMatching(/^hidden: has .* checks only the policies in it/));
  }
});
