terraform {
  required_version = ">= 1.5"

  backend "s3" {
    bucket         = "example-terraform-state"
    key            = "surveys.tfstate"
    region         = "us-east-2"
    dynamodb_table = "terraform-locks"
    encrypt        = true
  }

  required_providers {
    aws      = { source = "hashicorp/aws", version = "~> 5.0" }
    archive  = { source = "hashicorp/archive", version = "~> 2.0" }
    external = { source = "hashicorp/external", version = "~> 2.0" }
    local    = { source = "hashicorp/local", version = "~> 2.0" }
    null     = { source = "hashicorp/null", version = "~> 3.0" }
    random   = { source = "hashicorp/random", version = "~> 3.0" }
  }
}

provider "aws" {
  region = "us-east-2"

  default_tags {
    tags = local.tags
  }
}

data "external" "revision" {
  program = ["node", "${path.module}/scripts/revision.mjs"]

  query = {
    file = "${path.module}/../lambda/version.json"
  }
}

resource "random_uuid" "salt" {}

locals {
  name = "surveys-${terraform.workspace}"
  tags = { service = "surveys", revision = data.external.revision.result.version }
}

resource "aws_dynamodb_table" "answers" {
  name           = "${local.name}-answers"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "survey"
  range_key      = "person"

  attribute {
    name = "survey"
    type = "S"
  }

  attribute {
    name = "person"
    type = "B"
  }

  attribute {
    name = "score"
    type = "N"
  }

  global_secondary_index {
    name            = "scores"
    hash_key        = "survey"
    range_key       = "score"
    read_capacity   = 2
    write_capacity  = 2
    projection_type = "KEYS_ONLY"
  }
}

resource "null_resource" "notify" {
  triggers = {
    revision = data.external.revision.result.version
  }

  provisioner "local-exec" {
    command     = "node scripts/notify.mjs"
    working_dir = path.module
    environment = { REVISION = self.triggers.revision }
  }
}
