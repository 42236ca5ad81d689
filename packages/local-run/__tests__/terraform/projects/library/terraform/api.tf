locals {
  invoke = {
    for name, function in aws_lambda_function.this : name => {
      type                = "aws_proxy"
      httpMethod          = "POST"
      uri                 = function.invoke_arn
      passthroughBehavior = "when_no_match"
    }
  }

  isbn = { name = "isbn", in = "path", required = true, schema = { type = "string" } }
}

resource "aws_api_gateway_rest_api" "library" {
  name = var.name

  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = var.name, version = "1.0" }

    x-amazon-apigateway-request-validators = {
      body       = { validateRequestBody = true, validateRequestParameters = false }
      parameters = { validateRequestBody = false, validateRequestParameters = true }
    }
    x-amazon-apigateway-gateway-responses = {
      UNAUTHORIZED = {
        statusCode         = "401"
        responseParameters = { "gatewayresponse.header.WWW-Authenticate" = "'Bearer'" }
        responseTemplates  = { "application/json" = "{\"error\": \"members only\"}" }
      }
    }

    paths = {
      "/books" = {
        get = {
          parameters                            = [{ name = "shelf", in = "query", required = true, schema = { type = "string" } }]
          x-amazon-apigateway-request-validator = "parameters"
          x-amazon-apigateway-integration       = local.invoke["catalogue"]
        }
        post = {
          requestBody = {
            required = true
            content  = { "application/json" = { schema = { "$ref" = "#/components/schemas/Book" } } }
          }
          x-amazon-apigateway-request-validator = "body"
          x-amazon-apigateway-integration       = local.invoke["catalogue"]
        }
      }
      "/books/{isbn}" = {
        parameters = [local.isbn]
        get        = { x-amazon-apigateway-integration = local.invoke["catalogue"] }
      }
      "/books/{isbn}/loan" = {
        parameters = [local.isbn]
        get        = { x-amazon-apigateway-integration = local.invoke["loans"] }
        x-amazon-apigateway-any-method = {
          security                        = [{ members = [] }]
          x-amazon-apigateway-integration = local.invoke["loans"]
        }
      }
      "/hours" = {
        get = {
          responses = { "200" = { description = "Opening hours" } }
          x-amazon-apigateway-integration = {
            type             = "mock"
            requestTemplates = { "application/json" = "{\"statusCode\": 200}" }
            responses = {
              "default" = {
                statusCode        = "200"
                responseTemplates = { "application/json" = "{\"open\": \"9-18\", \"closed\": [\"Sunday\"]}" }
              }
            }
          }
        }
      }
    }

    components = {
      schemas = {
        Book = {
          type     = "object"
          required = ["isbn", "title", "shelf"]
          properties = {
            isbn  = { type = "string", pattern = "^97[89][0-9]{10}$" }
            title = { type = "string", minLength = 1 }
            shelf = { "$ref" = "#/components/schemas/Shelf" }
          }
        }
        Shelf = { type = "string", enum = ["A1", "A2", "B1"] }
      }
      securitySchemes = {
        members = {
          type                         = "apiKey"
          name                         = "Authorization"
          in                           = "header"
          x-amazon-apigateway-authtype = "cognito_user_pools"
          x-amazon-apigateway-authorizer = {
            type         = "cognito_user_pools"
            providerARNs = [aws_cognito_user_pool.members.arn]
          }
        }
      }
    }
  })
}

resource "aws_api_gateway_deployment" "library" {
  rest_api_id = aws_api_gateway_rest_api.library.id

  triggers = {
    body = sha256(aws_api_gateway_rest_api.library.body)
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "open" {
  rest_api_id   = aws_api_gateway_rest_api.library.id
  deployment_id = aws_api_gateway_deployment.library.id
  stage_name    = "open"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.library.id
  stage_name  = aws_api_gateway_stage.open.stage_name
  method_path = "*/*"

  settings {
    metrics_enabled        = true
    throttling_rate_limit  = 100
    throttling_burst_limit = 50
  }
}

output "url" {
  value = aws_api_gateway_stage.open.invoke_url
}
