terraform {
  required_version = ">= 1.5"

  required_providers {
    aws     = { source = "hashicorp/aws", version = "~> 5.0" }
    archive = { source = "hashicorp/archive", version = "~> 2.0" }
  }
}

provider "aws" {
  region = "eu-north-1"
}

resource "aws_cognito_user_pool" "crew" {
  name = "ferries-crew"
}

resource "aws_cognito_user_pool_client" "crew" {
  name         = "crew"
  user_pool_id = aws_cognito_user_pool.crew.id
}

resource "aws_dynamodb_table" "crossings" {
  name         = "ferries-crossings"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "line"
  range_key    = "departs"

  attribute {
    name = "line"
    type = "S"
  }

  attribute {
    name = "departs"
    type = "S"
  }
}

data "archive_file" "function" {
  for_each = toset(["timetable", "guard"])

  type        = "zip"
  source_dir  = "${path.module}/functions/${each.key}"
  output_path = "${path.module}/${each.key}.zip"
}

resource "aws_lambda_function" "timetable" {
  function_name    = "ferries-timetable"
  filename         = data.archive_file.function["timetable"].output_path
  source_code_hash = data.archive_file.function["timetable"].output_base64sha256
  role             = aws_iam_role.timetable.arn
  handler          = "index.handler"
  runtime          = "nodejs22.x"

  environment {
    variables = {
      TABLE   = aws_dynamodb_table.crossings.name
      HARBOUR = aws_api_gateway_stage.harbour.invoke_url
    }
  }
}

resource "aws_lambda_function" "guard" {
  function_name    = "ferries-guard"
  filename         = data.archive_file.function["guard"].output_path
  source_code_hash = data.archive_file.function["guard"].output_base64sha256
  role             = aws_iam_role.guard.arn
  handler          = "index.handler"
  runtime          = "nodejs22.x"
}

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "timetable" {
  name               = "ferries-timetable"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role" "guard" {
  name               = "ferries-guard"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

data "aws_iam_policy_document" "timetable" {
  statement {
    actions   = ["dynamodb:PutItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.crossings.arn]
  }

  # The timetable may read the tides, and not change them.
  statement {
    actions   = ["execute-api:Invoke"]
    resources = ["${aws_api_gateway_rest_api.harbour.execution_arn}/*/GET/tides"]
  }
}

resource "aws_iam_role_policy" "timetable" {
  role   = aws_iam_role.timetable.id
  policy = data.aws_iam_policy_document.timetable.json
}
