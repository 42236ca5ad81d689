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
  integration_uri    = aws_lambda_function.polls["polls"].arn
}

# Its answers are IAM policies, in the format 1.0.
resource "aws_apigatewayv2_authorizer" "owner" {
  api_id                            = aws_apigatewayv2_api.polls.id
  name                              = "owner"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = aws_lambda_function.polls["owner"].invoke_arn
  authorizer_payload_format_version = "1.0"
  identity_sources                  = ["$request.header.x-owner", "$request.querystring.reason"]
}

locals {
  # true: only for the owner
  routes = {
    "GET /polls"                = false
    "POST /polls"               = false
    "GET /polls/{poll}"         = false
    "DELETE /polls/{poll}"      = true
    "POST /polls/{poll}/votes"  = false
    "ANY /polls/{poll}/{rest+}" = false
  }
}

resource "aws_apigatewayv2_route" "polls" {
  for_each = local.routes

  api_id             = aws_apigatewayv2_api.polls.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.polls.id}"
  authorization_type = each.value ? "CUSTOM" : "NONE"
  authorizer_id      = each.value ? aws_apigatewayv2_authorizer.owner.id : null
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
  function_name = aws_lambda_function.polls["polls"].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${each.value.execution_arn}/*"
}

resource "aws_lambda_permission" "owner" {
  statement_id  = "polls-owner"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.polls["owner"].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.polls.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.owner.id}"
}

output "urls" {
  value = { for name, stage in aws_apigatewayv2_stage.polls : name => stage.invoke_url }
}
