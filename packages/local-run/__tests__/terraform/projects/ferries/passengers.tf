# The API of passengers, agencies and partners.
resource "aws_apigatewayv2_api" "passengers" {
  name          = "ferries-passengers"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_authorizer" "passenger" {
  api_id           = aws_apigatewayv2_api.passengers.id
  name             = "passenger"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://login.example.com/ferries"
    audience = ["tickets"]
  }
}

resource "aws_apigatewayv2_authorizer" "agency" {
  api_id                            = aws_apigatewayv2_api.passengers.id
  name                              = "agency"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = aws_lambda_function.guard.invoke_arn
  authorizer_payload_format_version = "2.0"
  authorizer_result_ttl_in_seconds  = 0
  identity_sources                  = ["$request.header.X-Agency"]
}

resource "aws_apigatewayv2_integration" "timetable" {
  api_id                 = aws_apigatewayv2_api.passengers.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.timetable.invoke_arn
  payload_format_version = "2.0"

  request_parameters = {
    "overwrite:header.x-line" = "line $${request.path.line} on $${context.stage}"
  }

  response_parameters {
    status_code = "200"
    mappings = {
      "overwrite:header.cache-control" = "no-store"
    }
  }
}

locals {
  routes = {
    "GET /lines/{line}/crossings" = {}
    "PUT /lines/{line}/crossings" = { type = "CUSTOM", authorizer = aws_apigatewayv2_authorizer.agency.id }
    "GET /tickets"                = { type = "JWT", authorizer = aws_apigatewayv2_authorizer.passenger.id }
    "DELETE /tickets"             = { type = "JWT", authorizer = aws_apigatewayv2_authorizer.passenger.id, scopes = ["tickets:cancel", "tickets:all"] }
    "GET /statistics"             = { type = "AWS_IAM" }
    "GET /tides"                  = {}
    "PUT /tides"                  = {}
  }
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id               = aws_apigatewayv2_api.passengers.id
  route_key            = each.key
  target               = "integrations/${aws_apigatewayv2_integration.timetable.id}"
  authorization_type   = lookup(each.value, "type", null)
  authorizer_id        = lookup(each.value, "authorizer", null)
  authorization_scopes = lookup(each.value, "scopes", null)
}

resource "aws_apigatewayv2_stage" "passengers" {
  api_id      = aws_apigatewayv2_api.passengers.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_lambda_permission" "passengers" {
  for_each = {
    timetable = "*/*/*"
    guard     = "authorizers/${aws_apigatewayv2_authorizer.agency.id}"
  }

  statement_id  = "passengers"
  action        = "lambda:InvokeFunction"
  function_name = "ferries-${each.key}"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.passengers.execution_arn}/${each.value}"

  depends_on = [aws_lambda_function.timetable, aws_lambda_function.guard]
}

output "passengers" {
  value = aws_apigatewayv2_api.passengers.api_endpoint
}
