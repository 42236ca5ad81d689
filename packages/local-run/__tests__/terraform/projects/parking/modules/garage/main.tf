terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "name" {
  type = string
}

variable "spaces" {
  type = number

  validation {
    condition     = var.spaces >= 1
    error_message = "A garage has at least one space."
  }
}

variable "functions" {
  type = string
}

variable "display" {
  type = object({ subnet_ids = list(string), listener_arn = string })
}

resource "aws_dynamodb_table" "cars" {
  name         = "parking-${var.name}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "plate"

  attribute {
    name = "plate"
    type = "S"
  }

  ttl {
    attribute_name = "leaves_by"
    enabled        = true
  }
}

module "api" {
  source = "../endpoint"

  name      = "parking-${var.name}"
  functions = var.functions
  display   = var.display

  environment = {
    TABLE  = aws_dynamodb_table.cars.name
    SPACES = tostring(var.spaces)
  }

  policy_documents = [
    data.aws_iam_policy_document.cars.json,
    data.aws_iam_policy_document.no_exports.json,
  ]
}

data "aws_iam_policy_document" "cars" {
  statement {
    sid       = "Cars"
    actions   = ["dynamodb:*Item", "dynamodb:Scan"]
    resources = [aws_dynamodb_table.cars.arn]
  }
}

data "aws_iam_policy_document" "no_exports" {
  statement {
    sid         = "OnlyKnownCalls"
    effect      = "Deny"
    not_actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan", "dynamodb:UpdateItem", "logs:*"]
    resources   = ["*"]
  }
}

output "endpoint" {
  value = module.api.endpoint
}
