resource "aws_apigatewayv2_api" "polls" {
  name          = "polls"
  description   = "Opens polls and counts votes"
  protocol_type = "HTTP"
}

# The format of payloads is 1.0, the default.
resource "aws_apigatewayv2_integration" "polls" {
  api_id             = aws_apigatewayv2_api.polls.id
  integration_type   = "AWS_PROXY"
  integration_method = "POST"
  integration_uri    = aws_lambda_function.polls.arn
}

resource "aws_apigatewayv2_route" "polls" {
  for_each = toset([
    "GET /polls",
    "POST /polls",
    "GET /polls/{poll}",
    "DELETE /polls/{poll}",
    "POST /polls/{poll}/votes",
    "ANY /polls/{poll}/{rest+}",
  ])

  api_id    = aws_apigatewayv2_api.polls.id
  route_key = each.value
  target    = "integrations/${aws_apigatewayv2_integration.polls.id}"
}

resource "aws_apigatewayv2_stage" "polls" {
  for_each = var.stages

  api_id      = aws_apigatewayv2_api.polls.id
  name        = each.key
  auto_deploy = true

  stage_variables = {
    closed = each.value.closed ? "yes" : "no"
  }

  default_route_settings {
    throttling_burst_limit = 20
    throttling_rate_limit  = 10
  }

  # A rate of zero turns a route off.
  dynamic "route_settings" {
    for_each = toset(each.value.disabled)

    content {
      route_key              = route_settings.value
      throttling_burst_limit = 0
      throttling_rate_limit  = 0
    }
  }

  depends_on = [aws_apigatewayv2_route.polls]
}

resource "aws_lambda_permission" "polls" {
  for_each = aws_apigatewayv2_stage.polls

  statement_id  = "polls-${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.polls.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${each.value.execution_arn}/*"
}

output "urls" {
  value = { for name, stage in aws_apigatewayv2_stage.polls : name => stage.invoke_url }
}
