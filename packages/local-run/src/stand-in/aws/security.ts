/** Attributes that KMS, certificates, secrets, parameters and firewalls generate. */
import type { ValueGenerator } from '../provider/value-generator';
import type { Compute, Provider, Values } from '../provider/provider';
import { UNKNOWN } from '../protocol/values';
import { generatedName, text } from '../provider/text';

const CREATED = '2026-01-01T00:00:00Z';

export const SECURITY_RESOURCES: Readonly<Record<string, Compute>> = {
  aws_kms_key: (_values, generator) => {
    const id = generator.uuid('key');
    return { id, key_id: id, arn: generator.arn('kms', `key/${id}`) };
  },
  aws_kms_alias: (values, generator) => {
    const alias = generatedName(values, generator, 'name', 'alias/');
    const key = text(values['target_key_id'], generator.uuid('key'));
    return {
      ...{ id: alias, name: alias, arn: generator.arn('kms', alias) },
      target_key_arn: key.startsWith('arn:') ? key : generator.arn('kms', `key/${key}`),
      ...{ target_key_id: key.startsWith('arn:') ? key.split('/').at(-1) : key },
    };
  },
  aws_acm_certificate: certificate,
  aws_acm_certificate_validation: () => ({ id: CREATED }),
  aws_secretsmanager_secret: (values, generator) => {
    const name = generatedName(values, generator);
    const arn = generator.arn('secretsmanager', `secret:${name}-${generator.token('secret', 6)}`);
    return { id: arn, arn, name, policy: '', kms_key_id: '' };
  },
  aws_secretsmanager_secret_version: ({ secret_id: secret }, generator) => {
    const version = generator.uuid('version');
    return {
      ...{ id: `${String(secret)}|${version}`, arn: secret, version_id: version },
      version_stages: ['AWSCURRENT'],
    };
  },
  aws_ssm_parameter: ({ name, value, insecure_value: insecure }, generator) => {
    const path = String(name);
    return {
      ...{ id: name, arn: generator.arn('ssm', `parameter${path.startsWith('/') ? '' : '/'}${path}`), version: 1 },
      ...{ type: 'String', data_type: 'text', tier: 'Standard', key_id: '' },
      ...{ value: value ?? insecure ?? '', insecure_value: insecure ?? value ?? '' },
    };
  },
  aws_wafv2_web_acl: ({ name, scope }, generator) => wafArn('webacl', name, scope, generator),
  aws_wafv2_ip_set: ({ name, scope }, generator) => wafArn('ipset', name, scope, generator),
  aws_wafv2_web_acl_association: ({ web_acl_arn: acl, resource_arn: resource }) => ({
    id: `${String(acl)},${String(resource)}`,
  }),
};

/** A configuration makes a record of each option, so the provider plans their domain names. */
export const PLANNED_SECURITY_ATTRIBUTES: NonNullable<Provider['planned']> = {
  aws_acm_certificate: (values) => {
    if (values['validation_method'] !== 'DNS') return {};
    const options = domainsOf(values).map((domain) => ({
      ...{ domain_name: domain, resource_record_type: UNKNOWN },
      ...{ resource_record_name: UNKNOWN, resource_record_value: UNKNOWN },
    }));
    return { domain_validation_options: options };
  },
};

function wafArn(kind: string, name: unknown, scope: unknown, generator: ValueGenerator): Values {
  const id = generator.uuid('waf');
  const range = scope === 'CLOUDFRONT' ? 'global' : 'regional';
  return {
    ...{ id, capacity: 1, lock_token: generator.uuid('lock'), application_integration_url: '' },
    arn: generator.arn('wafv2', `${range}/${kind}/${String(name)}/${id}`),
  };
}

function certificate(values: Values, generator: ValueGenerator): Values {
  const arn = generator.arn('acm', `certificate/${generator.uuid('certificate')}`);
  const domain = domainOf(values);
  const domains = domainsOf(values);
  // Only a validation by DNS needs records.
  const validated = values['validation_method'] === 'DNS' ? domains : [];
  const records = new Map(
    domains.map((each) => [each.replace(/^\*\./, ''), generator.hex(each.replace(/^\*\./, ''), 32)]),
  );
  return {
    ...{ id: arn, arn, domain_name: domain, status: 'ISSUED', type: 'AMAZON_ISSUED', key_algorithm: 'RSA_2048' },
    ...{ not_before: CREATED, not_after: '2027-01-01T00:00:00Z', renewal_eligibility: 'INELIGIBLE' },
    ...{ subject_alternative_names: domains, validation_method: 'DNS', validation_emails: [], renewal_summary: [] },
    domain_validation_options: validated.map((each) => {
      const base = each.replace(/^\*\./, '');
      const label = String(records.get(base));
      return {
        ...{ domain_name: each, resource_record_type: 'CNAME', resource_record_name: `_${label}.${base}.` },
        resource_record_value: `_${label.slice(0, 31)}.acm-validations.aws.`,
      };
    }),
  };
}

function domainOf(values: Values): string {
  return text(values['domain_name'], text(values['domain'], 'example.com'));
}

function domainsOf(values: Values): readonly string[] {
  const names = (values['subject_alternative_names'] ?? []) as readonly unknown[];
  return [...new Set([domainOf(values), ...names.map(String)])];
}
