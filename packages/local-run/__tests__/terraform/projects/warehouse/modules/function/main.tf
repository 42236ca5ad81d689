variable "name" {
  type = string
}

variable "source_dir" {
  type = string
}

variable "environment" {
  type    = map(string)
  default = {}
}

variable "statements" {
  type    = any
  default = []
}

locals {
  archive = "${path.root}/.build/${var.name}.zip"
}

data "archive_file" "this" {
  type        = "zip"
  source_dir  = var.source_dir
  output_path = local.archive
}

resource "aws_s3_bucket" "code" {
  bucket_prefix = "${var.name}-code-"
  force_destroy = true
}

resource "aws_s3_object" "code" {
  bucket      = aws_s3_bucket.code.id
  key         = "${data.archive_file.this.output_md5}.zip"
  source      = data.archive_file.this.output_path
  source_hash = data.archive_file.this.output_base64sha256
}

module "role" {
  source = "../execution-role"

  name       = var.name
  statements = var.statements
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  role          = module.role.arn
  s3_bucket     = aws_s3_object.code.bucket
  s3_key        = aws_s3_object.code.key
  runtime       = "nodejs22.x"
  architectures = ["arm64"]
  handler       = "src/handler.main"

  dynamic "environment" {
    for_each = length(var.environment) > 0 ? [var.environment] : []

    content {
      variables = environment.value
    }
  }
}

output "name" {
  value = aws_lambda_function.this.function_name
}

output "invoke_arn" {
  value = aws_lambda_function.this.invoke_arn
}
