locals {
  prefix = "recipes-${var.environment}"

  # One function per route: each has only the permissions of its own operation.
  operations = {
    list   = { route = "GET /recipes", actions = ["Query", "Scan"] }
    create = { route = "POST /recipes", actions = ["PutItem"] }
    read   = { route = "GET /recipes/{id}", actions = ["GetItem"] }
    rate   = { route = "POST /recipes/{id}/ratings", actions = ["UpdateItem"] }
    # Recipes stay until an editor may delete them.
    remove = { route = "DELETE /recipes/{id}", actions = ["GetItem"] }
  }
}

data "archive_file" "recipes" {
  type        = "zip"
  source_dir  = "${path.module}/../functions/recipes"
  output_path = "${path.module}/build/recipes.zip"
  excludes    = ["README.md"]
}

resource "aws_lambda_function" "recipes" {
  for_each = local.operations

  function_name    = "${local.prefix}-${each.key}"
  role             = aws_iam_role.recipes[each.key].arn
  runtime          = "nodejs22.x"
  handler          = "index.${each.key}"
  filename         = data.archive_file.recipes.output_path
  source_code_hash = data.archive_file.recipes.output_base64sha256
  timeout          = 10
  memory_size      = 256

  environment {
    variables = {
      TABLE = aws_dynamodb_table.recipes.name
      INDEX = one(aws_dynamodb_table.recipes.global_secondary_index).name
    }
  }

  depends_on = [aws_cloudwatch_log_group.recipes]
}

resource "aws_cloudwatch_log_group" "recipes" {
  for_each = local.operations

  name              = "/aws/lambda/${local.prefix}-${each.key}"
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "recipes" {
  for_each = local.operations

  name = "${local.prefix}-${each.key}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } },
    ]
  })
}

resource "aws_iam_policy" "recipes" {
  for_each = local.operations

  name = "${local.prefix}-${each.key}"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = [for action in each.value.actions : "dynamodb:${action}"]
        Resource = [aws_dynamodb_table.recipes.arn, "${aws_dynamodb_table.recipes.arn}/index/*"]
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "recipes" {
  for_each = local.operations

  role       = aws_iam_role.recipes[each.key].name
  policy_arn = aws_iam_policy.recipes[each.key].arn
}

resource "aws_iam_role_policy_attachment" "logs" {
  for_each = local.operations

  role       = aws_iam_role.recipes[each.key].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = aws_lambda_function.recipes

  alarm_name          = "${each.value.function_name}-errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"

  dimensions = {
    FunctionName = each.value.function_name
  }
}
