terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.40"
    }
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.4"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }
}

provider "aws" {
  region = "ca-central-1"

  default_tags {
    tags = { Project = "helpdesk" }
  }

  ignore_tags {
    key_prefixes = ["cost:"]
  }
}

data "aws_caller_identity" "this" {}

data "aws_region" "this" {}

resource "random_pet" "name" {
  prefix = "helpdesk"
}

locals {
  account = data.aws_caller_identity.this.account_id
  region  = data.aws_region.this.name
  name    = random_pet.name.id
}

resource "aws_kms_key" "data" {
  description             = "Encrypts tickets"
  deletion_window_in_days = 7

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:*"
      Resource  = "*"
      Principal = { AWS = "arn:aws:iam::${local.account}:root" }
    }]
  })
}

resource "aws_kms_alias" "data" {
  name          = "alias/${local.name}"
  target_key_id = aws_kms_key.data.key_id
}

resource "aws_dynamodb_table" "tickets" {
  name         = local.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "customer"
  range_key    = "number"

  attribute {
    name = "customer"
    type = "S"
  }

  attribute {
    name = "number"
    type = "N"
  }

  attribute {
    name = "urgency"
    type = "N"
  }

  local_secondary_index {
    name               = "urgency"
    range_key          = "urgency"
    projection_type    = "INCLUDE"
    non_key_attributes = ["subject"]
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }
}

resource "aws_sns_topic" "alarms" {
  name = "${local.name}-alarms"
}

resource "aws_cloudwatch_metric_alarm" "server_errors" {
  alarm_name          = "${local.name}-5xx"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.alarms.arn]

  dimensions = {
    ApiName = aws_api_gateway_rest_api.helpdesk.name
    Stage   = aws_api_gateway_stage.desk.stage_name
  }
}
