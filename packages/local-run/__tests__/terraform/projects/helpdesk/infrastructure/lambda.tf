variable "agents" {
  description = "Tokens of agents, and the customer whose tickets each may see; * for all"
  type        = map(string)

  default = {
    "token-of-acme"   = "acme"
    "token-of-agent"  = "*"
    "token-of-banned" = ""
  }
}

locals {
  functions = {
    tickets = {
      TABLE = aws_dynamodb_table.tickets.name
    }
    authorizer = {
      AGENTS = jsonencode(var.agents)
    }
  }
}

data "archive_file" "this" {
  for_each = local.functions

  type        = "zip"
  source_dir  = "../lambda/${each.key}"
  output_path = "zip/${each.key}.zip"
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name    = "${local.name}-${each.key}"
  filename         = data.archive_file.this[each.key].output_path
  source_code_hash = data.archive_file.this[each.key].output_base64sha256
  role             = aws_iam_role.this[each.key].arn
  handler          = "main.handler"
  runtime          = "nodejs22.x"
  memory_size      = 512

  environment {
    variables = each.value
  }

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_iam_role" "this" {
  for_each = local.functions

  name                 = "${local.name}-${each.key}"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sts:AssumeRole"], Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policies_exclusive" "authorizer" {
  role_name    = aws_iam_role.this["authorizer"].name
  policy_names = []
}

resource "aws_iam_role_policy" "tickets" {
  name = "tickets"
  role = aws_iam_role.this["tickets"].id

  policy = templatefile("${path.module}/policies/tickets.tftpl", {
    table = "arn:aws:dynamodb:${local.region}:${local.account}:table/${aws_dynamodb_table.tickets.name}"
    key   = aws_kms_key.data.arn
  })
}

resource "aws_iam_role_policy_attachment" "full_access" {
  role       = aws_iam_role.this["tickets"].name
  policy_arn = "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"
}
