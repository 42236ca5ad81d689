# `npm run package` makes the zip of src/.
resource "aws_lambda_function" "polls" {
  for_each = { polls = "index.handler", owner = "owner.handler" }

  function_name    = "${local.name}-${each.key}"
  filename         = local.package
  source_code_hash = filemd5(local.package)
  role             = aws_iam_role.polls.arn
  handler          = each.value
  runtime          = "nodejs20.x"

  environment {
    variables = {
      POLLS_TABLE = aws_dynamodb_table.polls.name
    }
  }

  tracing_config {
    mode = "PassThrough"
  }
}

resource "aws_iam_role" "polls" {
  name = local.name

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_policy" "polls" {
  name        = local.name
  description = "Polls may be opened, read and voted for, never listed or deleted"

  policy = templatefile("${path.module}/policies/table.json.tftpl", {
    table   = local.table_arn
    actions = ["GetItem", "PutItem", "UpdateItem"]
  })
}

resource "aws_iam_policy_attachment" "polls" {
  name       = local.name
  roles      = [aws_iam_role.polls.name]
  policy_arn = aws_iam_policy.polls.arn
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  count = var.alarm_topic_arn == "" ? 0 : 1

  alarm_name          = "${local.name}-throttles"
  namespace           = "AWS/DynamoDB"
  metric_name         = "WriteThrottleEvents"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 1
  alarm_actions       = [var.alarm_topic_arn]
  dimensions          = { TableName = aws_dynamodb_table.polls.name }
}
