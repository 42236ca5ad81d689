terraform {
  required_version = ">= 1.3"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.0"
    }
    time = {
      source  = "hashicorp/time"
      version = "~> 0.9"
    }
  }
}

provider "aws" {
  region = "sa-east-1"
}

variable "charts" {
  description = "Whether the charts are deployed"
  type        = bool
  default     = true
}

variable "podcasts" {
  description = "Whether podcasts are deployed"
  type        = bool
  default     = false
}

locals {
  name   = "playlists"
  stages = ["blue", "green"]
}

resource "aws_dynamodb_table" "lists" {
  for_each = toset(local.stages)

  name         = "${local.name}-${each.key}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "list"
  range_key    = "position"

  attribute {
    name = "list"
    type = "S"
  }

  attribute {
    name = "position"
    type = "N"
  }
}

resource "aws_dynamodb_table" "podcasts" {
  count = var.podcasts ? 1 : 0

  name         = "${local.name}-podcasts"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "feed"

  attribute {
    name = "feed"
    type = "S"
  }
}

# IAM takes some seconds to know a new role.
resource "time_sleep" "role" {
  create_duration = "10s"

  depends_on = [aws_iam_role_policy.player]
}
