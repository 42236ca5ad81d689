resource "aws_dynamodb_table" "recipes" {
  name         = "${local.prefix}-recipes"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "cuisine"
    type = "S"
  }

  attribute {
    name = "minutes"
    type = "N"
  }

  global_secondary_index {
    name               = "by-cuisine"
    hash_key           = "cuisine"
    range_key          = "minutes"
    projection_type    = "INCLUDE"
    non_key_attributes = ["title"]
  }

  point_in_time_recovery {
    enabled = var.environment == "production"
  }
}
