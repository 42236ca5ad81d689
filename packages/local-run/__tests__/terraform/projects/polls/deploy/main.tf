terraform {
  required_version = ">= 1.2"

  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
    random = {
      source = "hashicorp/random"
    }
  }
}

provider "aws" {
  region = var.aws_region
}

variable "aws_region" {
  default = "us-west-2"
}

variable "stages" {
  description = "Stages of the API. A closed stage shows polls and takes no votes."
  type = map(object({
    closed   = optional(bool, false)
    disabled = optional(list(string), [])
  }))

  default = {
    live = {}
    archive = {
      closed   = true
      disabled = ["POST /polls"]
    }
  }
}

variable "alarm_topic_arn" {
  description = "Where alarms go; empty: no alarms"
  default     = ""
}

resource "random_string" "id" {
  length  = 6
  special = false
  upper   = false
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

locals {
  name      = "polls-${random_string.id.result}"
  table_arn = "arn:${data.aws_partition.current.partition}:dynamodb:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:table/${local.name}"
  package   = "${path.module}/../package/polls.zip"
}

resource "aws_dynamodb_table" "polls" {
  name           = local.name
  billing_mode   = "PROVISIONED"
  read_capacity  = 2
  write_capacity = 2
  hash_key       = "poll"

  attribute {
    name = "poll"
    type = "S"
  }

  tags = {
    Name = local.name
  }
}
