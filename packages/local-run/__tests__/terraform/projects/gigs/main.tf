terraform {
  required_version = ">= 1.4"

  cloud {
    organization = "example-venues"

    workspaces {
      tags = ["gigs"]
    }
  }

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.0"
    }
    tls = {
      source  = "hashicorp/tls"
      version = "~> 4.0"
    }
  }
}

provider "aws" {
  region = "eu-west-2"
}

locals {
  name = terraform.workspace == "default" ? "gigs" : "gigs-${terraform.workspace}"

  issuer = "https://accounts.google.com"
}

resource "aws_dynamodb_table" "gigs" {
  name         = local.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "venue"
  range_key    = "date"

  dynamic "attribute" {
    for_each = { venue = "S", date = "S", band = "S" }

    content {
      name = attribute.key
      type = attribute.value
    }
  }

  global_secondary_index {
    name            = "bands"
    hash_key        = "band"
    range_key       = "date"
    projection_type = "ALL"
  }
}

# Doors check a ticket's signature with the public key, without a network.
resource "tls_private_key" "tickets" {
  algorithm   = "ECDSA"
  ecdsa_curve = "P256"
}

resource "aws_ssm_parameter" "doors" {
  name  = "/${local.name}/doors/public-key"
  type  = "String"
  value = tls_private_key.tickets.public_key_pem
}
