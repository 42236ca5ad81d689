/** Compares rendered policy documents with the documents of AWS provider 5.100.0 for the same configuration. */
import { crc32 } from 'node:zlib';
import { type AppliedRun, TerraformFolder } from '../support/stand-in';
import { describeWithTerraform } from '../support/with-terraform';

const CONFIGURATION = `
data "aws_iam_policy_document" "source" {
  policy_id = "source"
  statement {
    sid       = "Same"
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
  statement {
    sid = "Kept"
    actions   = ["s3:B", "s3:A", "s3:a", "s3:*", "S3:Z"]
    resources = ["arn:aws:s3:::b/&{aws:username}/<x>&y", "arn:aws:s3:::a"]
  }
}
data "aws_iam_policy_document" "main" {
  source_policy_documents = [data.aws_iam_policy_document.source.json, jsonencode({Version="2008-10-17",Id="x",Statement=[{Action=["b:B","b:C","a:A"],Effect="Deny",Resource="*",Principal="*",Condition={StringLike={"aws:x"=["b","a"]},Bool={"aws:s"=true, "aws:t"="false"}}}]}), jsonencode({Statement=[{Sid="P",NotAction=["a:b"],Resource=["r2","r1"],Effect="Allow",NotPrincipal={AWS=["b","a"],Service="s"}}]})]
  override_policy_documents = [jsonencode({Statement=[{Sid="Over",Effect="Deny",Action="x:y",Resource="*"}]})]
  statement {
    sid     = "Same"
    effect  = "Deny"
    not_actions = ["x:b", "x:a"]
    not_resources = ["*"]
  }
  statement {
    sid = "Over"
    actions = ["never:seen"]
    resources = ["*"]
  }
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com", "apigateway.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::1:root"]
    }
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::2:root", "arn:aws:iam::3:root"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["2", "1"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:A"
      values   = ["&{aws:x}"]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:A"
      values   = ["z"]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:A"
      values   = ["y", "b"]
    }
  }
  statement {
    actions = ["a:*"]
    resources = []
    principals {
      type = "*"
      identifiers = ["*"]
    }
    not_principals {
      type = "AWS"
      identifiers = ["*"]
    }
  }
}
output "document" {
  value = data.aws_iam_policy_document.main
}
`;

/** `minified_json` of the real provider. */
const RENDERED = String.raw`{"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"Same","Effect":"Deny","NotAction":["x:b","x:a"],"NotResource":"*"},{"Sid":"Kept","Effect":"Allow","Action":["s3:a","s3:B","s3:A","s3:*","S3:Z"],"Resource":["arn:aws:s3:::b/${'${'}aws:username}/\u003cx\u003e\u0026y","arn:aws:s3:::a"]},{"Effect":"Deny","Action":["b:B","b:C","a:A"],"Resource":"*","Principal":"*","Condition":{"Bool":{"aws:s":"true","aws:t":"false"},"StringLike":{"aws:x":["b","a"]}}},{"Sid":"P","Effect":"Allow","NotAction":["a:b"],"Resource":["r2","r1"],"NotPrincipal":{"AWS":["b","a"],"Service":"s"}},{"Sid":"Over","Effect":"Deny","Action":"x:y","Resource":"*"},{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["arn:aws:iam::1:root","arn:aws:iam::3:root","arn:aws:iam::2:root"],"Service":["lambda.amazonaws.com","apigateway.amazonaws.com"]},"Condition":{"ArnLike":{"aws:A":["y","b","z"]},"StringEquals":{"aws:A":"${'${'}aws:x}","aws:SourceAccount":["2","1"]}}},{"Effect":"Allow","Action":"a:*","Principal":"*","NotPrincipal":{"AWS":"*"}}]}`;

describeWithTerraform('data.aws_iam_policy_document', () => {
  let run: AppliedRun;

  beforeAll(async () => {
    const folder = new TerraformFolder({ 'main.tf': CONFIGURATION });
    run = await folder.apply();
    folder.remove();
  });

  const document = () => run.outputs['document'] as Readonly<Record<string, string>>;

  it('merges statements by their sid, orders lists and escapes text as the provider does', () => {
    expect(run.output).toContain('Apply complete!');
    expect(document()['minified_json']).toBe(RENDERED);
  });

  it('indents json, and hashes it for the id', () => {
    const { json = '', id } = document();
    expect(json.split('\n').slice(0, 3)).toEqual(['{', '  "Version": "2012-10-17",', '  "Id": "x",']);
    expect(id).toBe(String(crc32(json)));
  });

  it.each([
    ['a list of equal sids', 'jsonencode({ Statement = [{ Sid = "A" }, { Sid = "A" }] })', 'duplicate Sid'],
    ['a statement that is no list', 'jsonencode({ Statement = { Sid = "A" } })', 'Statement is no list'],
    ['text that is no JSON', '"none"', 'source_policy_documents has an element that is no policy'],
  ])('refuses %s', async (_name, source, message) => {
    const folder = new TerraformFolder({
      'main.tf': `data "aws_iam_policy_document" "faulty" {\n  source_policy_documents = [${source}]\n}\n`,
    });
    const { failed, output } = await folder.apply();
    folder.remove();
    expect(failed).toBe(true);
    expect(output).toContain(message);
    expect(output).toContain('on main.tf line 1');
  });
});
