/** Configurations that need more of a provider than new resources with known arguments. */
import { TerraformFolder } from '../support/stand-in';
import { describeWithTerraform } from '../support/with-terraform';

const AWS = `
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
provider "aws" {
  region = "eu-west-1"
}
`;

async function apply(configuration: string, types?: readonly string[]) {
  const folder = new TerraformFolder({ 'main.tf': AWS + configuration });
  try {
    return await folder.apply(types);
  } finally {
    folder.remove();
  }
}

describeWithTerraform('the stand-in of AWS', () => {
  it('imports a resource with the id of the import block', async () => {
    const { outputs } = await apply(
      `
      import {
        to = aws_apigatewayv2_api.pets
        id = "abcdefghij"
      }
      resource "aws_apigatewayv2_api" "pets" {
        name          = "pets"
        protocol_type = "HTTP"
      }
      output "url" {
        value = aws_apigatewayv2_api.pets.api_endpoint
      }
    `,
      ['aws_apigatewayv2_api'],
    );
    expect(outputs['url']).toBe('https://abcdefghij.execute-api.eu-west-1.amazonaws.com');
  });

  it('knows the domains of a certificate while planning, and generates its records for another region', async () => {
    const { output, instances } = await apply(
      `
      provider "aws" {
        alias  = "edge"
        region = "us-east-1"
      }
      resource "aws_acm_certificate" "site" {
        provider                  = aws.edge
        domain_name               = "example.com"
        subject_alternative_names = ["*.example.com"]
        validation_method         = "DNS"
      }
      resource "aws_route53_record" "proof" {
        for_each        = { for option in aws_acm_certificate.site.domain_validation_options : option.domain_name => option }
        zone_id         = "Z1"
        name            = each.value.resource_record_name
        type            = each.value.resource_record_type
        records         = [each.value.resource_record_value]
        ttl             = 60
        allow_overwrite = true
      }
    `,
      ['aws_acm_certificate', 'aws_route53_record'],
    );
    expect(output).toContain('Apply complete!');
    expect([...instances.keys()]).toContain('aws_route53_record.proof["*.example.com"]');
    expect(instances.get('aws_acm_certificate.site')?.values['arn']).toMatch(/^arn:aws:acm:us-east-1:/);
  });

  it('knows tags while planning', async () => {
    const { instances } = await apply(
      `
      resource "aws_sqs_queue" "jobs" {
        name = "jobs"
        tags = { team = "pets" }
      }
      resource "aws_ssm_parameter" "tag" {
        for_each = aws_sqs_queue.jobs.tags_all
        name     = each.key
        type     = "String"
        value    = each.value
      }
    `,
      ['aws_sqs_queue', 'aws_ssm_parameter'],
    );
    expect(instances.get('aws_ssm_parameter.tag["team"]')?.values).toMatchObject({ value: 'pets', version: 1 });
  });

  it('replaces a resource before it destroys the old one', async () => {
    const configuration = `
      resource "terraform_data" "trigger" {
        input = 1
      }
      resource "aws_api_gateway_rest_api" "pets" {
        name = "pets"
        lifecycle {
          create_before_destroy = true
          replace_triggered_by  = [terraform_data.trigger]
        }
      }
    `;
    const folder = new TerraformFolder({ 'main.tf': AWS + configuration });
    await folder.apply(['aws_api_gateway_rest_api']);
    folder.write({ 'main.tf': AWS + configuration.replace('input = 1', 'input = 2') });
    const { output } = await folder.apply(['aws_api_gateway_rest_api']);
    folder.remove();
    expect(output).toContain('1 added, 1 changed, 1 destroyed');
  });

  it.each([
    ['no resource', ''],
    ['resources of other providers only', 'resource "terraform_data" "t" {\n}'],
    ['an alias for one resource', 'resource "aws_sqs_queue" "q" {\n  name = "q"\n}'],
  ])('knows the region of the provider block with %s', async (_name, resource) => {
    const { region, outputs } = await apply(
      `
      provider "aws" {
        alias  = "edge"
        region = "us-west-2"
      }
      data "aws_region" "edge" {
        provider = aws.edge
      }
      data "aws_region" "here" {
      }
      data "aws_caller_identity" "here" {
      }
      output "regions" {
        value = [data.aws_region.edge.name, data.aws_region.here.name]
      }
      ${resource}
    `,
      ['aws_region', 'aws_caller_identity', 'aws_sqs_queue'],
    );
    expect({ region, outputs }).toEqual({ region: 'eu-west-1', outputs: { regions: ['us-west-2', 'eu-west-1'] } });
  });

  it('answers the functions of the provider', async () => {
    const { outputs } = await apply(
      `
      output "region" {
        value = provider::aws::arn_parse("arn:aws:lambda:eu-west-1:123456789012:function:pets").region
      }
    `,
      [],
    );
    expect(outputs['region']).toBe('eu-west-1');
  });

  it('lets Terraform name types of which there is no schema', async () => {
    const { failed, output } = await apply('resource "aws_made_up" "none" {\n}\n', ['aws_made_up']);
    expect(failed).toBe(true);
    expect(output).toContain('does not support resource type "aws_made_up"');
  });
});
