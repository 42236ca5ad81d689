resource "aws_apigatewayv2_api" "weather" {
  name          = "weather"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_authorizer" "station" {
  name                              = "station"
  api_id                            = aws_apigatewayv2_api.weather.id
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = aws_lambda_function.authorizer.invoke_arn
  authorizer_payload_format_version = "2.0"
  enable_simple_responses           = true
  identity_sources                  = ["$request.header.X-Station-Key"]
  authorizer_result_ttl_in_seconds  = 300
}

resource "aws_apigatewayv2_integration" "readings" {
  api_id                 = aws_apigatewayv2_api.weather.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.readings.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "public" {
  for_each = toset(["GET /stations", "GET /stations/{station}/readings", "GET /stations/{station}/latest"])

  api_id    = aws_apigatewayv2_api.weather.id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.readings.id}"
}

resource "aws_apigatewayv2_route" "station" {
  for_each = toset(["POST /readings", "DELETE /readings/{at}"])

  api_id             = aws_apigatewayv2_api.weather.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.readings.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.station.id
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.weather.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_lambda_permission" "readings" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.readings.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.weather.execution_arn}/*/*"
}

resource "aws_lambda_permission" "authorizer" {
  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.authorizer.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.weather.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.station.id}"
}

output "endpoint" {
  value = aws_apigatewayv2_api.weather.api_endpoint
}
