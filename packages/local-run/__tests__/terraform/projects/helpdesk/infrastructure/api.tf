resource "aws_api_gateway_rest_api" "helpdesk" {
  name               = "helpdesk"
  binary_media_types = ["application/octet-stream"]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_authorizer" "agents" {
  rest_api_id                      = aws_api_gateway_rest_api.helpdesk.id
  name                             = "agents"
  authorizer_uri                   = aws_lambda_function.this["authorizer"].invoke_arn
  authorizer_result_ttl_in_seconds = 0
  identity_validation_expression   = "^Bearer token-of-[a-z]+$"
}

locals {
  stage = "desk"

  methods = {
    "list"   = { resource = aws_api_gateway_resource.customer.id, method = "GET", authorization = "CUSTOM" }
    "open"   = { resource = aws_api_gateway_resource.customer.id, method = "POST", authorization = "CUSTOM" }
    "close"  = { resource = aws_api_gateway_resource.ticket.id, method = "PATCH", authorization = "CUSTOM" }
    "delete" = { resource = aws_api_gateway_resource.ticket.id, method = "DELETE", authorization = "CUSTOM" }
    "report" = { resource = aws_api_gateway_resource.report.id, method = "GET", authorization = "AWS_IAM" }
  }
}

resource "aws_api_gateway_resource" "customer" {
  rest_api_id = aws_api_gateway_rest_api.helpdesk.id
  parent_id   = aws_api_gateway_rest_api.helpdesk.root_resource_id
  path_part   = "{customer}"
}

resource "aws_api_gateway_resource" "ticket" {
  rest_api_id = aws_api_gateway_rest_api.helpdesk.id
  parent_id   = aws_api_gateway_resource.customer.id
  path_part   = "{number}"
}

resource "aws_api_gateway_resource" "report" {
  rest_api_id = aws_api_gateway_rest_api.helpdesk.id
  parent_id   = aws_api_gateway_rest_api.helpdesk.root_resource_id
  path_part   = "report"
}

resource "aws_api_gateway_method" "this" {
  for_each = local.methods

  rest_api_id   = aws_api_gateway_rest_api.helpdesk.id
  resource_id   = each.value.resource
  http_method   = each.value.method
  authorization = each.value.authorization
  authorizer_id = each.value.authorization == "CUSTOM" ? aws_api_gateway_authorizer.agents.id : null
}

resource "aws_api_gateway_integration" "this" {
  for_each = local.methods

  rest_api_id             = aws_api_gateway_rest_api.helpdesk.id
  resource_id             = aws_api_gateway_method.this[each.key].resource_id
  http_method             = aws_api_gateway_method.this[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.this["tickets"].invoke_arn
  timeout_milliseconds    = 10000
}

resource "aws_api_gateway_gateway_response" "unauthorized" {
  rest_api_id   = aws_api_gateway_rest_api.helpdesk.id
  response_type = "UNAUTHORIZED"

  response_parameters = {
    "gatewayresponse.header.WWW-Authenticate" = "'Bearer realm=\"helpdesk\"'"
  }
}

resource "aws_api_gateway_gateway_response" "access_denied" {
  rest_api_id   = aws_api_gateway_rest_api.helpdesk.id
  response_type = "ACCESS_DENIED"
  status_code   = "404"

  response_templates = {
    "application/json" = jsonencode({ error = "nothing to see here" })
  }
}

resource "aws_lambda_permission" "this" {
  for_each = {
    tickets    = "${aws_api_gateway_rest_api.helpdesk.execution_arn}/${local.stage}/*"
    authorizer = "${aws_api_gateway_rest_api.helpdesk.execution_arn}/authorizers/*"
  }

  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this[each.key].function_name
  principal      = "apigateway.amazonaws.com"
  source_arn     = each.value
  source_account = local.account
}

resource "aws_api_gateway_deployment" "helpdesk" {
  rest_api_id = aws_api_gateway_rest_api.helpdesk.id
  description = "Methods: ${join(", ", keys(aws_api_gateway_integration.this))}"

  triggers = {
    api = md5(file("${path.module}/api.tf"))
  }

  depends_on = [
    aws_api_gateway_gateway_response.access_denied,
    aws_api_gateway_gateway_response.unauthorized,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "desk" {
  rest_api_id          = aws_api_gateway_rest_api.helpdesk.id
  deployment_id        = aws_api_gateway_deployment.helpdesk.id
  stage_name           = local.stage
  xray_tracing_enabled = true

  variables = {
    greeting = "Good morning"
  }
}

output "url" {
  value = aws_api_gateway_stage.desk.invoke_url
}
