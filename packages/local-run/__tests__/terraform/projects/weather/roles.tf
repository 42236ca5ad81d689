data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "readings" {
  name               = "weather-readings"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role" "authorizer" {
  name               = "weather-authorizer"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

# Readings are never changed or removed, whatever else a policy allows.
data "aws_iam_policy_document" "append_only" {
  statement {
    sid       = "AppendOnly"
    effect    = "Deny"
    actions   = ["dynamodb:DeleteItem", "dynamodb:UpdateItem"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "readings" {
  source_policy_documents = [data.aws_iam_policy_document.append_only.json]

  statement {
    sid       = "Table"
    actions   = ["dynamodb:*"]
    resources = [aws_dynamodb_table.readings.arn]
  }

  statement {
    sid       = "Index"
    actions   = ["dynamodb:Query"]
    resources = ["${aws_dynamodb_table.readings.arn}/index/kind"]
  }
}

resource "aws_iam_policy" "readings" {
  name   = "weather-readings"
  policy = data.aws_iam_policy_document.readings.json
}

resource "aws_iam_role_policy_attachment" "readings" {
  role       = aws_iam_role.readings.name
  policy_arn = aws_iam_policy.readings.arn
}

resource "aws_iam_role_policy_attachment" "logs" {
  for_each = {
    readings   = aws_iam_role.readings.name
    authorizer = aws_iam_role.authorizer.name
  }

  role       = each.value
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
