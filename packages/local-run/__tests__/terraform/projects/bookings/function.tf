data "archive_file" "bookings" {
  type        = "zip"
  source_file = "${path.module}/src/bookings.js"
  output_path = "${path.module}/bookings.zip"
}

resource "aws_lambda_function" "bookings" {
  function_name    = local.name
  filename         = data.archive_file.bookings.output_path
  source_code_hash = data.archive_file.bookings.output_base64sha256
  role             = aws_iam_role.bookings.arn
  handler          = "bookings.handler"
  runtime          = "nodejs20.x"
  timeout          = 15

  environment {
    variables = {
      TABLE_NAME = aws_dynamodb_table.bookings.id
      OPENS      = var.opening_hours.from
      CLOSES     = var.opening_hours.until
    }
  }
}

resource "aws_iam_role" "bookings" {
  name_prefix        = "bookings-"
  assume_role_policy = <<EOF
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Action": "sts:AssumeRole",
      "Principal": { "Service": "lambda.amazonaws.com" },
      "Effect": "Allow"
    }
  ]
}
EOF
}

# A transaction needs the permissions of each of its operations, and ConditionCheckItem for its checks.
# There is no DeleteItem: a cancelled booking keeps its place in the table.
resource "aws_iam_role_policy" "bookings" {
  name   = "bookings"
  role   = aws_iam_role.bookings.name
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": [
            "dynamodb:ConditionCheckItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem"
          ],
          "Resource": "${aws_dynamodb_table.bookings.arn}"
        },
        {
          "Effect": "Allow",
          "Action": "logs:*",
          "Resource": "arn:aws:logs:*:*:*"
        }
      ]
    }
  EOF
}
