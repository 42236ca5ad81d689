resource "aws_api_gateway_rest_api" "this" {
  name        = local.name
  description = "Playlists, one alias of the player for each stage"
}

resource "aws_api_gateway_resource" "lists" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "lists"
}

resource "aws_api_gateway_resource" "list" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.lists.id
  path_part   = "{list}"
}

resource "aws_api_gateway_resource" "charts" {
  count = var.charts ? 1 : 0

  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "charts"
}

resource "aws_api_gateway_method" "list" {
  for_each = toset(["GET", "POST", "PUT"])

  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = aws_api_gateway_resource.list.id
  http_method   = each.key
  authorization = each.key == "POST" ? "CUSTOM" : "NONE"
  authorizer_id = each.key == "POST" ? aws_api_gateway_authorizer.dj.id : null
}

resource "aws_api_gateway_authorizer" "dj" {
  name            = "dj"
  rest_api_id     = aws_api_gateway_rest_api.this.id
  type            = "REQUEST"
  identity_source = "method.request.querystring.dj,stageVariables.alias"
  authorizer_uri  = aws_lambda_function.dj.invoke_arn
}

resource "aws_api_gateway_integration" "list" {
  for_each = aws_api_gateway_method.list

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  # The stage says which alias is invoked.
  uri = replace(aws_lambda_function.player.invoke_arn, "/invocations", ":$${stageVariables.alias}/invocations")
}

resource "aws_api_gateway_method" "charts" {
  count = length(aws_api_gateway_resource.charts)

  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = aws_api_gateway_resource.charts[count.index].id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "charts" {
  count = length(aws_api_gateway_method.charts)

  rest_api_id             = aws_api_gateway_rest_api.this.id
  resource_id             = aws_api_gateway_resource.charts[count.index].id
  http_method             = aws_api_gateway_method.charts[count.index].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = one(aws_lambda_function.charts).invoke_arn
}

# The health check calls no function.
resource "aws_api_gateway_method" "health" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  resource_id   = aws_api_gateway_rest_api.this.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "health" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  resource_id = aws_api_gateway_method.health.resource_id
  http_method = aws_api_gateway_method.health.http_method
  type        = "MOCK"

  request_templates = {
    "application/json" = "{\"statusCode\": 200}"
  }
}

resource "aws_api_gateway_method_response" "health" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  resource_id = aws_api_gateway_integration.health.resource_id
  http_method = aws_api_gateway_integration.health.http_method
  status_code = "200"
}

resource "aws_api_gateway_integration_response" "health" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  resource_id = aws_api_gateway_integration.health.resource_id
  http_method = aws_api_gateway_integration.health.http_method
  status_code = aws_api_gateway_method_response.health.status_code

  response_templates = {
    "application/json" = "{\"stage\": \"$context.stage\", \"alias\": \"$stageVariables.alias\"}"
  }
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  triggers = {
    redeployment = sha1(join(",", [for file in fileset(path.module, "*.tf") : filesha1("${path.module}/${file}")]))
  }

  depends_on = [
    aws_api_gateway_integration.list,
    aws_api_gateway_integration.charts,
    aws_api_gateway_integration_response.health,
  ]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "this" {
  for_each = aws_lambda_alias.player

  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = each.key

  variables = {
    alias = each.value.name
  }
}

resource "aws_lambda_permission" "player" {
  for_each = aws_lambda_alias.player

  statement_id  = "AllowStage"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.player.function_name
  qualifier     = each.value.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/${each.key}/*/lists/*"
}

resource "aws_lambda_permission" "dj" {
  statement_id  = "AllowAuthorizer"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.dj.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/authorizers/${aws_api_gateway_authorizer.dj.id}"
}

resource "aws_lambda_permission" "charts" {
  count = length(aws_lambda_function.charts)

  statement_id  = "AllowGreen"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.charts[count.index].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/green/GET/charts"
}

output "urls" {
  value = { for name, stage in aws_api_gateway_stage.this : name => stage.invoke_url }
}

output "charts_url" {
  value = one(aws_lambda_function_url.charts[*].function_url)
}
