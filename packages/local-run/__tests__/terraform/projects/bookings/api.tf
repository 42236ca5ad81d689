resource "aws_api_gateway_rest_api" "bookings" {
  name = "bookings"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "proxy" {
  rest_api_id = aws_api_gateway_rest_api.bookings.id
  parent_id   = aws_api_gateway_rest_api.bookings.root_resource_id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_method" "proxy" {
  rest_api_id   = aws_api_gateway_rest_api.bookings.id
  resource_id   = aws_api_gateway_resource.proxy.id
  http_method   = "ANY"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "proxy" {
  rest_api_id             = aws_api_gateway_method.proxy.rest_api_id
  resource_id             = aws_api_gateway_method.proxy.resource_id
  http_method             = aws_api_gateway_method.proxy.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.bookings.invoke_arn
}

resource "aws_api_gateway_deployment" "bookings" {
  depends_on = [aws_api_gateway_integration.proxy]

  rest_api_id = aws_api_gateway_rest_api.bookings.id
  stage_name  = var.stage
}

resource "aws_lambda_permission" "bookings" {
  statement_id  = "AllowExecutionFromAPIGateway"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bookings.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.bookings.execution_arn}/*/*"
}

output "invoke_url" {
  value = aws_api_gateway_deployment.bookings.invoke_url
}

output "stream_arn" {
  value = aws_dynamodb_table.bookings.stream_arn
}
