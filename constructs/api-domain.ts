/**
 * The domain name of an API: certificate, DNS records and mapping. It serves both kinds of API, because mappings of version 2
 * also accept stages of REST APIs (API Gateway developer guide, "Use API mappings to connect API stages to a custom domain name
 * for REST APIs").
 */
import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { Apigatewayv2ApiMapping } from '@cdktf/provider-aws/lib/apigatewayv2-api-mapping';
import { Apigatewayv2DomainName } from '@cdktf/provider-aws/lib/apigatewayv2-domain-name';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';
import { named } from './named';

export interface ApiDomainProps {
  /** The name, for example `orders.example.com`. */
  readonly domainName: string;
  /** Id of the hosted zone that contains the name. @example 'Z0123456789ABCDEFGHIJ' */
  readonly hostedZoneId: string;
  readonly apiId: string;
  /** Name of the stage, from a resource: Terraform then creates the stage first. */
  readonly stage: string;
}

/** ACM's maximum for the first name of a certificate (ACM user guide, "Request a public certificate"). */
const MAX_DOMAIN_CHARACTERS = 64;

/** Seconds for which resolvers cache the record that validates the certificate. */
const VALIDATION_TTL_SECONDS = 300;

export class ApiDomain extends Construct {
  /** The address of the API, without a trailing slash and without a stage. */
  readonly url: string;

  /** @throws Error when the name is too long for a certificate */
  constructor(
    scope: Construct,
    private readonly id: string,
    private readonly props: ApiDomainProps,
  ) {
    super(scope, id);
    const { domainName, apiId, stage } = props;
    checkLength(domainName);
    this.url = `https://${domainName}`;
    const domain = this.createDomain(this.createCertificate());
    named(new Apigatewayv2ApiMapping(this, 'mapping', { apiId, domainName: domain.id, stage }), id);
    this.createRecord(domain);
  }

  /** Creates a certificate, and waits until ACM has validated it by a DNS record. @returns its ARN */
  private createCertificate(): string {
    const { domainName, hostedZoneId } = this.props;
    const certificate = new AcmCertificate(this, 'certificate', {
      domainName,
      validationMethod: 'DNS',
      // Terraform creates the new certificate first, because ACM refuses to delete one in use.
      lifecycle: { createBeforeDestroy: true },
    });
    const option = named(certificate, this.id).domainValidationOptions.get(0);
    const record = new Route53Record(this, 'validation-record', {
      zoneId: hostedZoneId,
      name: option.resourceRecordName,
      type: option.resourceRecordType,
      records: [option.resourceRecordValue],
      ttl: VALIDATION_TTL_SECONDS,
      // ACM asks for the same record for each certificate of a name, so an earlier certificate may have left it.
      allowOverwrite: true,
    });
    const validation = new AcmCertificateValidation(this, 'validation', {
      certificateArn: certificate.arn,
      validationRecordFqdns: [named(record, `${this.id}_validation`).fqdn],
    });
    return named(validation, this.id).certificateArn;
  }

  private createDomain(certificateArn: string): Apigatewayv2DomainName {
    const { domainName } = this.props;
    const domain = new Apigatewayv2DomainName(this, 'domain', {
      domainName,
      domainNameConfiguration: { certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' },
    });
    return named(domain, this.id);
  }

  private createRecord({ domainNameConfiguration }: Apigatewayv2DomainName): void {
    const { domainName, hostedZoneId } = this.props;
    const record = new Route53Record(this, 'record', {
      zoneId: hostedZoneId,
      name: domainName,
      type: 'A',
      alias: {
        name: domainNameConfiguration.targetDomainName,
        zoneId: domainNameConfiguration.hostedZoneId,
        evaluateTargetHealth: false,
      },
    });
    named(record, this.id);
  }
}

function checkLength(domainName: string): void {
  const { length } = domainName;
  if (length <= MAX_DOMAIN_CHARACTERS) return;
  throw new Error(
    `The domain name ${domainName} has ${length} characters; certificates allow ${MAX_DOMAIN_CHARACTERS}. Shorten the setting ` +
      'domain, or the name of the contract.',
  );
}
