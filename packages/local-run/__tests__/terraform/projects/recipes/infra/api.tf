resource "aws_apigatewayv2_api" "recipes" {
  name          = local.prefix
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = var.allowed_origins
    allow_methods = ["GET", "POST", "DELETE"]
    allow_headers = ["content-type"]
    max_age       = 600
  }
}

resource "aws_apigatewayv2_integration" "recipes" {
  for_each = aws_lambda_function.recipes

  api_id                 = aws_apigatewayv2_api.recipes.id
  integration_type       = "AWS_PROXY"
  integration_uri        = each.value.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "recipes" {
  for_each = local.operations

  api_id    = aws_apigatewayv2_api.recipes.id
  route_key = each.value.route
  target    = "integrations/${aws_apigatewayv2_integration.recipes[each.key].id}"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.recipes.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_rate_limit  = 50
    throttling_burst_limit = 100
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format = jsonencode({
      request = "$context.requestId"
      route   = "$context.routeKey"
      status  = "$context.status"
    })
  }
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${local.prefix}"
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_permission" "recipes" {
  for_each = aws_lambda_function.recipes

  statement_id  = "AllowRecipesApi"
  action        = "lambda:InvokeFunction"
  function_name = each.value.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.recipes.execution_arn}/*/${replace(local.operations[each.key].route, " ", "")}"
}

output "url" {
  description = "Where the API answers"
  value       = aws_apigatewayv2_stage.default.invoke_url
}

check "origins" {
  assert {
    condition     = length(var.allowed_origins) > 0
    error_message = "No web page may call the API: set allowed_origins."
  }
}
