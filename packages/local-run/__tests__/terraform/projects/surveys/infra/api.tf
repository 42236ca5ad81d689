variable "domain" {
  description = "A domain name of its own, and the zone that has it"
  type        = object({ name = string, zone_id = string, certificate_arn = string })
  default     = null
}

variable "issuer" {
  type    = string
  default = "https://accounts.google.com"
}

resource "aws_apigatewayv2_api" "surveys" {
  name                         = local.name
  protocol_type                = "HTTP"
  version                      = data.external.revision.result.version
  disable_execute_api_endpoint = var.domain != null
}

resource "aws_apigatewayv2_authorizer" "staff" {
  api_id           = aws_apigatewayv2_api.surveys.id
  name             = "staff"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.issuer
    audience = ["surveys"]
  }
}

resource "aws_apigatewayv2_integration" "surveys" {
  api_id                 = aws_apigatewayv2_api.surveys.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.surveys.invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 5000
}

locals {
  routes = {
    "PUT /surveys/{survey}/answers/{person}" = {}
    "GET /surveys/{survey}/scores"           = {}
    "GET /surveys/{survey}/answers"          = { type = "JWT", scopes = ["surveys/read"] }
    "DELETE /surveys/{survey}"               = { type = "AWS_IAM" }
    "$default"                               = {}
  }
}

resource "aws_apigatewayv2_route" "surveys" {
  for_each = local.routes

  api_id               = aws_apigatewayv2_api.surveys.id
  route_key            = each.key
  target               = "integrations/${aws_apigatewayv2_integration.surveys.id}"
  authorization_type   = lookup(each.value, "type", "NONE")
  authorizer_id        = lookup(each.value, "type", "") == "JWT" ? aws_apigatewayv2_authorizer.staff.id : null
  authorization_scopes = lookup(each.value, "scopes", null)
}

resource "aws_apigatewayv2_deployment" "surveys" {
  api_id = aws_apigatewayv2_api.surveys.id

  triggers = {
    routes = sha1(jsonencode(local.routes))
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_apigatewayv2_route.surveys]
}

resource "aws_apigatewayv2_stage" "surveys" {
  api_id        = aws_apigatewayv2_api.surveys.id
  name          = "api"
  deployment_id = aws_apigatewayv2_deployment.surveys.id
}

resource "aws_lambda_permission" "surveys" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.surveys.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.surveys.execution_arn}/*"
}

resource "aws_apigatewayv2_domain_name" "surveys" {
  count       = var.domain == null ? 0 : 1
  domain_name = var.domain.name

  domain_name_configuration {
    certificate_arn = var.domain.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_api_mapping" "surveys" {
  count       = length(aws_apigatewayv2_domain_name.surveys)
  api_id      = aws_apigatewayv2_api.surveys.id
  domain_name = aws_apigatewayv2_domain_name.surveys[count.index].id
  stage       = aws_apigatewayv2_stage.surveys.id
}

output "url" {
  value = one(aws_apigatewayv2_domain_name.surveys[*].domain_name) != null ? "https://${var.domain.name}" : aws_apigatewayv2_stage.surveys.invoke_url
}

output "salt" {
  value     = random_uuid.salt.result
  sensitive = true
}
