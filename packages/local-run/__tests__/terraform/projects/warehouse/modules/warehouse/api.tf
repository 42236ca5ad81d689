resource "aws_api_gateway_rest_api" "this" {
  name           = var.name
  api_key_source = "HEADER"
}

resource "aws_api_gateway_resource" "stock" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_rest_api.this.root_resource_id
  path_part   = "stock"
}

resource "aws_api_gateway_resource" "location" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.stock.id
  path_part   = "{location}"
}

resource "aws_api_gateway_resource" "sku" {
  rest_api_id = aws_api_gateway_rest_api.this.id
  parent_id   = aws_api_gateway_resource.location.id
  path_part   = "{sku}"
}

resource "aws_api_gateway_model" "stock" {
  rest_api_id  = aws_api_gateway_rest_api.this.id
  name         = "Stock"
  content_type = "application/json"
  schema       = file("${path.module}/models/stock.json")
}

resource "aws_api_gateway_request_validator" "all" {
  rest_api_id                 = aws_api_gateway_rest_api.this.id
  name                        = "all"
  validate_request_body       = true
  validate_request_parameters = true
}

locals {
  methods = {
    list = {
      resource = aws_api_gateway_resource.location, method = "GET",
      # true: the request needs the parameter
      parameters = { "querystring.below" = true, "querystring.limit" = false }
    }
    read = { resource = aws_api_gateway_resource.sku, method = "GET", parameters = {} }
    count = {
      resource   = aws_api_gateway_resource.sku, method = "PUT", model = aws_api_gateway_model.stock.name,
      parameters = { "header.X-Operator" = true }
    }
    remove = { resource = aws_api_gateway_resource.sku, method = "DELETE", parameters = {} }
  }
}

resource "aws_api_gateway_method" "this" {
  for_each = local.methods

  rest_api_id          = aws_api_gateway_rest_api.this.id
  resource_id          = each.value.resource.id
  http_method          = each.value.method
  authorization        = "NONE"
  api_key_required     = true
  request_validator_id = aws_api_gateway_request_validator.all.id
  request_models       = can(each.value.model) ? { "application/json" = each.value.model } : null
  request_parameters   = { for name, required in each.value.parameters : "method.request.${name}" => required }
}

resource "aws_api_gateway_integration" "this" {
  for_each = aws_api_gateway_method.this

  rest_api_id             = each.value.rest_api_id
  resource_id             = each.value.resource_id
  http_method             = each.value.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = module.function.invoke_arn
}

module "cors" {
  source   = "./cors"
  for_each = { location = aws_api_gateway_resource.location.id, sku = aws_api_gateway_resource.sku.id }

  rest_api_id = aws_api_gateway_rest_api.this.id
  resource_id = each.value
}

resource "aws_api_gateway_gateway_response" "this" {
  for_each = {
    BAD_REQUEST_BODY             = { status = 422, error = "this is no count of stock" }
    MISSING_AUTHENTICATION_TOKEN = { status = 404, error = "no such route" }
  }

  rest_api_id   = aws_api_gateway_rest_api.this.id
  response_type = each.key
  status_code   = each.value.status

  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin" = "'*'"
  }

  response_templates = {
    "application/json" = "{\"error\": \"${each.value.error}\", \"type\": \"$context.error.responseType\"}"
  }
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = module.function.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/${var.stage_name}/*/stock/*"
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id

  triggers = {
    redeployment = sha1(jsonencode([
      local.methods,
      aws_api_gateway_integration.this,
      aws_api_gateway_model.stock.schema,
      aws_api_gateway_gateway_response.this,
    ]))
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [module.cors]
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = var.stage_name
}

output "endpoint" {
  value = "${aws_api_gateway_stage.this.invoke_url}/stock"
}
