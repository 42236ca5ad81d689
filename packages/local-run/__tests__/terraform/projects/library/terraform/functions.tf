locals {
  functions = {
    catalogue = {
      table   = aws_dynamodb_table.books
      actions = ["dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]
    }
    loans = {
      table   = aws_dynamodb_table.loans
      actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"]
    }
  }
}

data "archive_file" "function" {
  for_each = local.functions

  type        = "zip"
  source_dir  = "${path.root}/../lambda/${each.key}"
  output_path = "${path.root}/.terraform/${each.key}.zip"
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name    = "${var.name}-${each.key}"
  role             = aws_iam_role.this[each.key].arn
  handler          = "index.handler"
  runtime          = "nodejs20.x"
  filename         = data.archive_file.function[each.key].output_path
  source_code_hash = filebase64sha256("${path.root}/../lambda/${each.key}/index.js")
  publish          = true

  environment {
    variables = {
      TABLE = each.value.table.name
      # The loans function may look at this table, says the variable; its role says no.
      BOOKS = aws_dynamodb_table.books.name
    }
  }
}

resource "aws_iam_role" "this" {
  for_each = local.functions

  name = "${var.name}-${each.key}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["lambda.amazonaws.com"] }
    }
  })

  inline_policy {
    name = "table"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "Table"
          Effect   = "Allow"
          Action   = each.value.actions
          Resource = ["${each.value.table.arn}", "${each.value.table.arn}/index/*"]
        },
        {
          Sid      = "Logs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "*"
        },
      ]
    })
  }
}

resource "aws_lambda_permission" "this" {
  for_each = aws_lambda_function.this

  action        = "lambda:InvokeFunction"
  function_name = each.value.id
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.library.execution_arn}/*"
}
