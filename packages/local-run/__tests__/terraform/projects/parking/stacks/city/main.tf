terraform {
  required_version = ">= 1.3"

  backend "s3" {}

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    archive = {
      source = "hashicorp/archive"
    }
    null = {
      source = "hashicorp/null"
    }
  }
}

provider "aws" {
  region = "eu-south-1"
}

provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}

variable "garages" {
  type = map(object({ spaces = number }))
}

variable "display_subnet_ids" {
  description = "Subnets of the load balancer in front of the displays"
  type        = list(string)
  default     = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
}

variable "display_listener_arn" {
  type    = string
  default = "arn:aws:elasticloadbalancing:eu-central-1:210987654321:listener/net/displays/50dc6c495c0c9188/f2f7dc8efc522ab2"
}

module "garage" {
  source   = "../../modules/garage"
  for_each = var.garages

  providers = {
    aws = aws.frankfurt
  }

  name      = each.key
  spaces    = each.value.spaces
  functions = abspath("${path.root}/../../functions")

  display = {
    subnet_ids   = var.display_subnet_ids
    listener_arn = var.display_listener_arn
  }
}

resource "null_resource" "announcement" {
  triggers = { garages = join(",", keys(var.garages)) }

  provisioner "local-exec" {
    command = "echo ${self.triggers.garages} > announced.txt"
  }
}

output "endpoints" {
  value = { for name, garage in module.garage : name => garage.endpoint }
}
