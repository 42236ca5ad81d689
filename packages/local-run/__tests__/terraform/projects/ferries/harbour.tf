# The API of the harbour, for its own services and for the crew.
resource "aws_api_gateway_rest_api" "harbour" {
  name = "ferries-harbour"
}

resource "aws_api_gateway_authorizer" "crew" {
  rest_api_id   = aws_api_gateway_rest_api.harbour.id
  name          = "crew"
  type          = "COGNITO_USER_POOLS"
  provider_arns = [aws_cognito_user_pool.crew.arn]
}

locals {
  methods = {
    "GET tides"  = { authorization = "AWS_IAM" }
    "PUT tides"  = { authorization = "AWS_IAM" }
    "GET shifts" = { authorization = "COGNITO_USER_POOLS" }
    "PUT shifts" = { authorization = "COGNITO_USER_POOLS", scopes = ["harbour/plan"] }
  }
}

resource "aws_api_gateway_resource" "this" {
  for_each = toset(["tides", "shifts"])

  rest_api_id = aws_api_gateway_rest_api.harbour.id
  parent_id   = aws_api_gateway_rest_api.harbour.root_resource_id
  path_part   = each.key
}

resource "aws_api_gateway_method" "this" {
  for_each = local.methods

  rest_api_id          = aws_api_gateway_rest_api.harbour.id
  resource_id          = aws_api_gateway_resource.this[split(" ", each.key)[1]].id
  http_method          = split(" ", each.key)[0]
  authorization        = each.value.authorization
  authorizer_id        = each.value.authorization == "AWS_IAM" ? null : aws_api_gateway_authorizer.crew.id
  authorization_scopes = lookup(each.value, "scopes", null)
}

resource "aws_api_gateway_integration" "this" {
  for_each = local.methods

  rest_api_id             = aws_api_gateway_rest_api.harbour.id
  resource_id             = aws_api_gateway_method.this[each.key].resource_id
  http_method             = aws_api_gateway_method.this[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:eu-north-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-north-1:${data.aws_caller_identity.this.account_id}:function:ferries-timetable/invocations"
}

data "aws_caller_identity" "this" {}

resource "aws_api_gateway_deployment" "harbour" {
  rest_api_id = aws_api_gateway_rest_api.harbour.id

  triggers = {
    methods = sha1(jsonencode([aws_api_gateway_method.this, aws_api_gateway_integration.this]))
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "harbour" {
  rest_api_id   = aws_api_gateway_rest_api.harbour.id
  deployment_id = aws_api_gateway_deployment.harbour.id
  stage_name    = "quay"
}

resource "aws_lambda_permission" "harbour" {
  statement_id  = "harbour"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.timetable.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.harbour.execution_arn}/*/*/*"
}

output "harbour" {
  value = aws_api_gateway_stage.harbour.invoke_url
}
