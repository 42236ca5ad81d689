# The settings are packed with the function, so that the archive waits for the file.
resource "local_file" "settings" {
  filename = "${path.module}/../lambda/src/settings.json"

  content = jsonencode({
    table    = aws_dynamodb_table.answers.name
    scale    = [1, 5]
    revision = data.external.revision.result.version
  })
}

data "archive_file" "surveys" {
  type        = "zip"
  source_dir  = "${path.module}/../lambda/src"
  output_path = "${path.module}/surveys.zip"

  depends_on = [local_file.settings]
}

resource "aws_lambda_function" "surveys" {
  function_name    = local.name
  filename         = data.archive_file.surveys.output_path
  source_code_hash = data.archive_file.surveys.output_base64sha256
  role             = aws_iam_role.surveys.arn
  handler          = "surveys.handler"
  runtime          = "nodejs20.x"

  environment {
    variables = {
      SALT = random_uuid.salt.result
    }
  }
}

resource "aws_iam_role" "surveys" {
  name               = local.name
  assume_role_policy = file("${path.module}/policies/trust.json")

  managed_policy_arns = [
    "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    aws_iam_policy.answers.arn,
  ]
}

resource "aws_iam_policy" "answers" {
  name = local.name

  policy = templatefile("${path.module}/policies/answers.json", {
    table_arn = aws_dynamodb_table.answers.arn
  })
}
