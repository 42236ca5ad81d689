/** A stack with features of Terraform and CDKTF that the stacks of this project do not use. */
import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import {
  AssetType,
  TerraformAsset,
  TerraformIterator,
  TerraformOutput,
  TerraformResource,
  TerraformVariable,
} from 'cdktf';
import { Construct } from 'constructs';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AwsStack } from '../../../constructs/aws-stack';
import { keepState } from '../../../stacks/keep-state';
import type { Settings } from '../../../stacks/settings';

export class FeaturesStack extends AwsStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, 'features', { region: settings.region, tags: {} });
    keepState(this, settings);
    this.addTexts();
    this.addBlocks();
    this.addMemory(settings.memoryMb);
  }

  private addTexts(): void {
    const texts = [
      'ü "q" \\d \n <<EOT',
      '${true ?\n "a" :\n "b"}',
      '$${x} %%{y}',
      '%{ for x in ["a"] ~} ${x}%{ endfor }',
    ];
    texts.forEach(
      (value, index) => new SsmParameter(this, `text_${index}`, { name: `t${index}`, type: 'String', value }),
    );
    new TerraformVariable(this, 'literal', { type: 'string', default: '${x}', description: 'costs ${5}' });
    new TerraformOutput(this, 'length', { value: '${length(var.literal)}', description: 'of %{x}' });
  }

  private addBlocks(): void {
    const list = TerraformIterator.fromList(['a', 'b']);
    const queue = new SqsQueue(new Construct(this, 'inner'), 'queue', {
      ...{ forEach: list, name: list.value },
      provisioners: [{ type: 'local-exec', command: 'echo "${self.id}"', when: 'destroy' }],
    });
    const data = new TerraformResource(this, 'data', { terraformResourceType: 'terraform_data' });
    data.addOverride('input', { name: `\${${queue.fqn}["a"].name}` });
    const file = path.join(os.tmpdir(), 'eject-asset.txt');
    writeFileSync(file, 'asset');
    const asset = new TerraformAsset(this, 'file', { path: file, type: AssetType.FILE });
    new S3Object(this, 'object', {
      bucket: 'b',
      key: 'k',
      source: asset.path,
      etag: `\${filemd5("\${path.module}/${asset.path}")}`,
    });
    const assert = [{ condition: `\${${data.fqn}.id != ""}`, error_message: 'There is no id.' }];
    this.addOverride('check', { data: { assert } });
  }

  private addMemory(memory: number): void {
    const widget = { type: 'text', x: '${length([1])}', y: String(memory), width: memory };
    new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: 'd',
      dashboardBody: JSON.stringify({ widgets: [widget] }),
    });
    new SsmParameter(this, 'memory', { name: 'm', type: 'String', value: `\${max(${memory}, 4)}` });
  }
}
