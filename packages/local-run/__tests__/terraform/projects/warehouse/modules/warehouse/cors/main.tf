# Answers preflight requests without a function.

variable "rest_api_id" {
  type = string
}

variable "resource_id" {
  type = string
}

locals {
  headers = {
    Access-Control-Allow-Origin  = "'*'"
    Access-Control-Allow-Methods = "'GET,PUT,DELETE'"
    Access-Control-Allow-Headers = "'Content-Type,X-Api-Key,X-Operator'"
  }
}

resource "aws_api_gateway_method" "options" {
  rest_api_id   = var.rest_api_id
  resource_id   = var.resource_id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "options" {
  rest_api_id       = var.rest_api_id
  resource_id       = var.resource_id
  http_method       = aws_api_gateway_method.options.http_method
  type              = "MOCK"
  request_templates = { "application/json" = jsonencode({ statusCode = 204 }) }
}

resource "aws_api_gateway_method_response" "options" {
  rest_api_id         = var.rest_api_id
  resource_id         = var.resource_id
  http_method         = aws_api_gateway_method.options.http_method
  status_code         = 204
  response_parameters = { for name, _ in local.headers : "method.response.header.${name}" => true }
}

resource "aws_api_gateway_integration_response" "options" {
  rest_api_id         = var.rest_api_id
  resource_id         = var.resource_id
  http_method         = aws_api_gateway_method.options.http_method
  status_code         = aws_api_gateway_method_response.options.status_code
  response_parameters = { for name, value in local.headers : "method.response.header.${name}" => value }

  depends_on = [aws_api_gateway_integration.options]
}
