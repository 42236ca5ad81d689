resource "aws_api_gateway_api_key" "partner" {
  for_each = nonsensitive(toset(keys(var.partner_keys)))

  name  = "${var.name}-${each.key}"
  value = var.partner_keys[each.key]
}

resource "aws_api_gateway_usage_plan" "partners" {
  name = "${var.name}-partners"

  api_stages {
    api_id = aws_api_gateway_rest_api.this.id
    stage  = aws_api_gateway_stage.this.stage_name
  }

  throttle_settings {
    rate_limit  = 20
    burst_limit = 40
  }

  quota_settings {
    limit  = var.quota.limit
    period = var.quota.period
  }
}

# The auditor's key waits for a plan of its own.
resource "aws_api_gateway_usage_plan_key" "shop" {
  key_id        = aws_api_gateway_api_key.partner["shop"].id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.partners.id
}

output "key_ids" {
  value = { for partner, key in aws_api_gateway_api_key.partner : partner => key.id }
}
