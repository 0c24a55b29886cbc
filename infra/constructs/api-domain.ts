import { CfnOutput } from 'aws-cdk-lib';
import { DomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

/** The API's own name. Whoever looks after the domain points it, by a CNAME, to what the output `DomainTarget` says. */
export class ApiDomain extends Construct {
  readonly name: DomainName;
  readonly url: string;

  constructor(scope: Construct, id: string, { name, certificateArn }: NonNullable<Stage['domain']>) {
    super(scope, id);
    this.name = new DomainName(this, 'Name', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
    });
    this.url = `https://${name}`;
    new CfnOutput(scope, 'DomainTarget', { value: this.name.regionalDomainName });
  }
}
