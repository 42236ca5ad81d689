/** The domain names of APIs. */
import { readSettings } from '../../stacks/settings';
import { devices, orders } from '../support/contracts';
import { addresses, synth } from '../support/synth';

const DOMAIN = { domain: 'example.com', hostedZone: 'Z0123456789ABCDEFGHIJ' };

describe.each([
  ['an HTTP API', orders, 'aws_apigatewayv2_api', '${aws_apigatewayv2_stage.default.name}'],
  ['a REST API', devices, 'aws_api_gateway_rest_api', '${aws_api_gateway_stage.api.stage_name}'],
] as const)('%s', (_, contract, type, stage) => {
  const { resource, output } = synth(contract, DOMAIN);

  test('has a certificate that a DNS record validates', () => {
    expect(resource['aws_acm_certificate']?.['domain']).toMatchObject({
      domain_name: `${contract.name}.example.com`,
      validation_method: 'DNS',
      lifecycle: { create_before_destroy: true },
    });
    const option = 'tolist(aws_acm_certificate.domain.domain_validation_options).0';
    expect(resource['aws_route53_record']?.['domain_validation']).toMatchObject({
      zone_id: 'Z0123456789ABCDEFGHIJ',
      name: `\${${option}.resource_record_name}`,
      type: `\${${option}.resource_record_type}`,
      records: [`\${${option}.resource_record_value}`],
    });
  });

  test('is mapped to the domain name, which uses TLS 1.2 and the validated certificate', () => {
    expect(resource['aws_apigatewayv2_domain_name']?.['domain']).toMatchObject({
      domain_name: `${contract.name}.example.com`,
      domain_name_configuration: {
        certificate_arn: '${aws_acm_certificate_validation.domain.certificate_arn}',
        endpoint_type: 'REGIONAL',
        security_policy: 'TLS_1_2',
      },
    });
    expect(resource['aws_apigatewayv2_api_mapping']?.['domain']).toMatchObject({
      api_id: `\${${type}.api.id}`,
      domain_name: '${aws_apigatewayv2_domain_name.domain.id}',
      stage,
    });
    expect(resource['aws_route53_record']?.['domain']).toMatchObject({
      name: `${contract.name}.example.com`,
      type: 'A',
      alias: { name: '${aws_apigatewayv2_domain_name.domain.domain_name_configuration[0].target_domain_name}' },
    });
  });

  test('has no default endpoint, and the output url has the domain name', () => {
    expect(resource[type]?.['api'].disable_execute_api_endpoint).toBe(true);
    expect(output['url'].value).toBe(`https://${contract.name}.example.com`);
  });

  test('has none of these resources without the setting', () => {
    const { resource: all } = synth(contract);
    expect(all).not.toHaveProperty('aws_acm_certificate');
    // Without the argument, Terraform would keep a closed endpoint of a REST API closed.
    expect(all[type]?.['api'].disable_execute_api_endpoint).toBe(false);
  });

  test('has the default endpoint beside the domain name with keepDefaultEndpoint', () => {
    const kept = synth(contract, { ...DOMAIN, keepDefaultEndpoint: true });
    expect(kept.resource[type]?.['api'].disable_execute_api_endpoint).toBe(false);
    expect(kept.output['url'].value).toBe(`https://${contract.name}.example.com`);
    expect(addresses(kept)).toEqual(addresses({ resource }));
  });
});

test('the name contains the prefix and the environment', () => {
  const { output } = synth(orders, { ...DOMAIN, namePrefix: 'acme', environment: 'staging' });
  expect(output['url'].value).toBe('https://acme-orders-staging.example.com');
});

test('closing the default endpoint of a REST API triggers a new deployment', () => {
  const triggers = [synth(devices, { ...DOMAIN, keepDefaultEndpoint: true }), synth(devices, DOMAIN)].map(
    ({ resource }) => resource['aws_api_gateway_deployment']?.['api'].triggers.redeployment as string,
  );
  expect(new Set(triggers).size).toBe(2);
});

test('a name that is too long for a certificate is refused', () => {
  const domain = `${'x'.repeat(50)}.com`;
  expect(() => synth({ ...orders, name: 'a-very-long-name' }, { ...DOMAIN, domain })).toThrow(
    `The domain name a-very-long-name.${domain} has 71 characters; certificates allow 64.`,
  );
});

describe('the settings', () => {
  test.each([
    [{ domain: 'example.com' }, 'hostedZone is empty, but domain is set; set both, or none.'],
    [
      { keepDefaultEndpoint: true },
      'keepDefaultEndpoint is true, but domain is empty; set a domain, or leave keepDefaultEndpoint out',
    ],
    [{ hostedZone: 'Z012345' }, 'domain is empty, but hostedZone is set; set both, or none.'],
    [{ domain: 'Example.com', hostedZone: 'Z012345' }, 'it must be empty, or a domain name in lower case'],
    [{ domain: 'example', hostedZone: 'Z012345' }, 'it must be empty, or a domain name in lower case'],
    [{ domain: 'example.com', hostedZone: 'example.com' }, 'it must be empty, or the id of a Route 53 hosted zone'],
  ])('%j are refused', (settings, message) => {
    expect(() => readSettings(settings, {})).toThrow(message);
  });
});
