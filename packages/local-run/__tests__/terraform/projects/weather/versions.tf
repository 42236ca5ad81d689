terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.4"
    }
    time = {
      source  = "hashicorp/time"
      version = "~> 0.11"
    }
  }
}

provider "aws" {
  region              = "eu-central-1"
  allowed_account_ids = [var.account_id]
}

variable "account_id" {
  type    = string
  default = "123456789012"

  validation {
    condition     = can(regex("^\\d{12}$", var.account_id))
    error_message = "An account id has twelve digits."
  }
}

variable "keep_days" {
  type    = number
  default = 30
}
