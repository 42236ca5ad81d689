terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.0"
    }
  }
}

provider "aws" {
  region = local.region
}

locals {
  region = "eu-north-1"
}

variable "partner_keys" {
  description = "The API key of each partner"
  type        = map(string)
  sensitive   = true
}

module "warehouse" {
  source = "../../modules/warehouse"

  name         = "warehouse-test"
  stage_name   = "v1"
  function_dir = "${path.root}/../../functions/stock"
  partner_keys = var.partner_keys
  quota        = { limit = 1000, period = "DAY" }

  capacity = {
    read  = { min = 1, max = 10 }
    write = { min = 1, max = 5 }
  }
}

output "endpoint" {
  value = module.warehouse.endpoint
}

output "key_ids" {
  value = module.warehouse.key_ids
}
