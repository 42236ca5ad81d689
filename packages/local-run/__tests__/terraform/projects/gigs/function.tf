data "archive_file" "app" {
  type        = "zip"
  source_dir  = "${path.module}/app"
  output_path = "${path.module}/app.zip"
}

resource "aws_lambda_function" "app" {
  function_name    = local.name
  description      = "Gigs and their tickets"
  role             = aws_iam_role.app.arn
  handler          = "index.handler"
  runtime          = "nodejs22.x"
  filename         = data.archive_file.app.output_path
  source_code_hash = data.archive_file.app.output_base64sha512

  environment {
    variables = {
      TABLE       = aws_dynamodb_table.gigs.name
      SIGNING_KEY = tls_private_key.tickets.private_key_pem
    }
  }

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_sqs_queue" "failed" {
  name                      = "${local.name}-failed"
  message_retention_seconds = 1209600
}

resource "aws_iam_role" "app" {
  name = local.name

  assume_role_policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{ "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }]
    }
  JSON
}

data "aws_iam_policy" "logs" {
  name = "AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy_attachment" "app" {
  for_each = {
    logs  = data.aws_iam_policy.logs.arn
    read  = "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess"
    write = aws_iam_policy.write.arn
  }

  role       = aws_iam_role.app.name
  policy_arn = each.value
}

resource "aws_iam_policy" "write" {
  name_prefix = "${local.name}-write-"
  path        = "/gigs/"
  policy      = data.aws_iam_policy_document.write.json
}

data "aws_iam_policy_document" "write" {
  version = "2012-10-17"

  statement {
    actions   = ["dynamodb:PutItem"]
    resources = [aws_dynamodb_table.gigs.arn]

    # The gigs of other promoters are theirs.
    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["our-*"]
    }
  }

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failed.arn]
  }
}
