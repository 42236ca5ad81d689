resource "aws_dynamodb_table" "stock" {
  name           = var.name
  read_capacity  = var.capacity["read"].min
  write_capacity = var.capacity["write"].min
  hash_key       = "location"
  range_key      = "sku"

  attribute {
    name = "location"
    type = "S"
  }

  attribute {
    name = "sku"
    type = "S"
  }

  attribute {
    name = "quantity"
    type = "N"
  }

  local_secondary_index {
    name            = "by-quantity"
    range_key       = "quantity"
    projection_type = "KEYS_ONLY"
  }

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }
}

resource "aws_appautoscaling_target" "stock" {
  for_each = var.capacity

  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.stock.name}"
  scalable_dimension = "dynamodb:table:${title(each.key)}CapacityUnits"
  min_capacity       = each.value.min
  max_capacity       = each.value.max
}

resource "aws_appautoscaling_policy" "stock" {
  for_each = aws_appautoscaling_target.stock

  name               = "${var.name}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  resource_id        = each.value.resource_id
  scalable_dimension = each.value.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDB${title(each.key)}CapacityUtilization"
    }
  }
}

module "function" {
  source = "../function"

  name       = "${var.name}-stock"
  source_dir = var.function_dir

  environment = {
    STOCK_TABLE = aws_dynamodb_table.stock.name
  }

  statements = [
    {
      actions   = ["dynamodb:GetItem", "dynamodb:PutItem"]
      resources = [aws_dynamodb_table.stock.arn]
    },
    {
      actions   = ["dynamodb:Query"]
      resources = ["${aws_dynamodb_table.stock.arn}/index/by-quantity"]
    },
  ]
}
