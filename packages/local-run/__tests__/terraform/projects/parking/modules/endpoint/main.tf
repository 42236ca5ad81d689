variable "name" {
  type = string
}

variable "functions" {
  type = string
}

variable "environment" {
  type = map(string)
}

variable "policy_documents" {
  type = list(string)
}

variable "display" {
  type = object({ subnet_ids = list(string), listener_arn = string })
}

resource "aws_apigatewayv2_api" "this" {
  name          = var.name
  protocol_type = "HTTP"
}

module "spaces" {
  source = "../lambda"

  name             = "${var.name}-spaces"
  source_dir       = "${var.functions}/spaces"
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  environment      = var.environment
  policy_documents = var.policy_documents
  api_execution    = aws_apigatewayv2_api.this.execution_arn
}

module "prices" {
  source = "../lambda"

  name             = "${var.name}-prices"
  source_dir       = "${var.functions}/prices"
  runtime          = "python3.13"
  handler          = "prices.handler"
  policy_documents = []
  api_execution    = aws_apigatewayv2_api.this.execution_arn
}

resource "aws_apigatewayv2_integration" "function" {
  for_each = { spaces = module.spaces.invoke_arn, prices = module.prices.invoke_arn }

  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = each.value
  payload_format_version = "2.0"
}

# The displays at the entrance are in a private network.
resource "aws_apigatewayv2_vpc_link" "displays" {
  name               = "${var.name}-displays"
  subnet_ids         = var.display.subnet_ids
  security_group_ids = []
}

resource "aws_apigatewayv2_integration" "displays" {
  api_id             = aws_apigatewayv2_api.this.id
  integration_type   = "HTTP_PROXY"
  integration_method = "PUT"
  integration_uri    = var.display.listener_arn
  connection_type    = "VPC_LINK"
  connection_id      = aws_apigatewayv2_vpc_link.displays.id
}

locals {
  integrations = merge(
    { for name, integration in aws_apigatewayv2_integration.function : name => integration.id },
    { displays = aws_apigatewayv2_integration.displays.id },
  )

  routes = {
    "GET /cars"              = "spaces"
    "GET /cars/{plate}"      = "spaces"
    "PUT /cars/{plate}"      = "spaces"
    "DELETE /cars/{plate}"   = "spaces"
    "GET /free"              = "spaces"
    "GET /prices/{proxy+}"   = "prices"
    "PUT /displays/{proxy+}" = "displays"
  }
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id    = aws_apigatewayv2_api.this.id
  route_key = each.key
  target    = "integrations/${local.integrations[each.value]}"
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true
}

output "endpoint" {
  value = aws_apigatewayv2_api.this.api_endpoint
}
