variable "name" {
  type = string
}

variable "source_dir" {
  type = string
}

variable "runtime" {
  type = string
}

variable "handler" {
  type = string
}

variable "environment" {
  type    = map(string)
  default = null
}

variable "policy_documents" {
  type = list(string)
}

variable "api_execution" {
  description = "The execution ARN of the API that may invoke the function"
  type        = string
}

data "archive_file" "this" {
  type        = "zip"
  source_dir  = var.source_dir
  output_path = "${path.cwd}/${var.name}.zip"
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  role             = aws_iam_role.this.arn
  runtime          = var.runtime
  handler          = var.handler
  filename         = data.archive_file.this.output_path
  source_code_hash = data.archive_file.this.output_base64sha256

  dynamic "environment" {
    for_each = var.environment[*]

    content {
      variables = environment.value
    }
  }
}

data "aws_iam_policy_document" "assume_role" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "this" {
  source_policy_documents = var.policy_documents

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = 7
}

resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = data.aws_iam_policy_document.assume_role.json
}

resource "aws_iam_role_policy" "this" {
  name_prefix = "function-"
  role        = aws_iam_role.this.id
  policy      = data.aws_iam_policy_document.this.minified_json
}

resource "aws_lambda_permission" "this" {
  statement_id_prefix = "api-"
  action              = "lambda:InvokeFunction"
  function_name       = aws_lambda_function.this.function_name
  principal           = "apigateway.amazonaws.com"
  source_arn          = "${var.api_execution}/*"
}

output "invoke_arn" {
  value = aws_lambda_function.this.invoke_arn
}
