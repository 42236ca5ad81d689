resource "aws_apigatewayv2_api" "gigs" {
  name          = local.name
  protocol_type = "HTTP"

  body = templatefile("${path.module}/openapi.yaml", {
    title    = local.name
    function = aws_lambda_function.app.invoke_arn
    issuer   = local.issuer
    audience = ["gigs", "gigs-admin"]
  })
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.gigs.id
  name        = "v2"
  auto_deploy = true
}

resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.app.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.gigs.execution_arn}/*/*/*"
}

output "base_url" {
  value = trimsuffix(aws_apigatewayv2_stage.this.invoke_url, "/")
}
