resource "aws_dynamodb_table" "readings" {
  name         = "weather-readings"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "station"
  range_key    = "at"

  attribute {
    name = "station"
    type = "S"
  }

  attribute {
    name = "at"
    type = "N"
  }

  attribute {
    name = "kind"
    type = "S"
  }

  global_secondary_index {
    name            = "kind"
    hash_key        = "kind"
    range_key       = "at"
    projection_type = "KEYS_ONLY"
  }

  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }

  stream_enabled   = true
  stream_view_type = "KEYS_ONLY"
}

moved {
  from = aws_dynamodb_table.measurements
  to   = aws_dynamodb_table.readings
}

resource "time_static" "installed" {
  rfc3339 = "2026-03-01T00:00:00Z"
}

# The description of a station is the first item of its readings.
resource "aws_dynamodb_table_item" "station" {
  for_each = local.stations

  table_name = aws_dynamodb_table.readings.name
  hash_key   = aws_dynamodb_table.readings.hash_key
  range_key  = aws_dynamodb_table.readings.range_key

  item = jsonencode({
    station   = { S = each.key }
    at        = { N = "0" }
    kind      = { S = "station" }
    altitude  = { N = tostring(each.value.altitude) }
    installed = { N = tostring(time_static.installed.unix) }
    retired   = { BOOL = try(each.value.retired, false) }
  })
}
