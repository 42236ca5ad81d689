terraform {
  required_version = ">= 1.3"

  required_providers {
    aws     = { source = "hashicorp/aws", version = ">= 5.0, < 6.0" }
    archive = { source = "hashicorp/archive", version = ">= 2.0" }
    random  = { source = "hashicorp/random", version = ">= 3.0" }
  }

  backend "s3" {
    bucket       = "example-terraform-state"
    key          = "bookings/terraform.tfstate"
    region       = "us-east-1"
    use_lockfile = true
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "stage" {
  type    = string
  default = "prod"
}

variable "opening_hours" {
  type = object({
    from  = number
    until = optional(number, 18)
  })
  default = { from = 8 }
}

resource "random_id" "suffix" {
  byte_length = 3
}

locals {
  name = "bookings-${random_id.suffix.hex}"
}

# Rooms and their bookings share a table: pk is the room, sk is "room" or the hour.
resource "aws_dynamodb_table" "bookings" {
  name             = local.name
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "pk"
  range_key        = "sk"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  server_side_encryption {
    enabled = true
  }

  lifecycle {
    precondition {
      condition     = var.opening_hours.from < var.opening_hours.until
      error_message = "The rooms open before they close."
    }
  }
}
