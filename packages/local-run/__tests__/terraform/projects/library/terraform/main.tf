terraform {
  required_version = ">= 1.7"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.30"
    }
    archive = {
      source = "hashicorp/archive"
    }
  }
}

provider "aws" {}

variable "name" {
  type    = string
  default = "library"
}

variable "adopted_table" {
  description = "The name of an existing table of books; null: a new table"
  type        = string
  default     = null
}

import {
  for_each = var.adopted_table == null ? [] : [var.adopted_table]

  to = aws_dynamodb_table.books
  id = each.value
}

resource "aws_dynamodb_table" "books" {
  name         = coalesce(var.adopted_table, "${var.name}-books")
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "isbn"

  attribute {
    name = "isbn"
    type = "S"
  }

  attribute {
    name = "shelf"
    type = "S"
  }

  global_secondary_index {
    name            = "shelf-index"
    hash_key        = "shelf"
    projection_type = "ALL"
  }
}

resource "aws_dynamodb_table" "loans" {
  name         = "${var.name}-loans"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "isbn"

  attribute {
    name = "isbn"
    type = "S"
  }
}

resource "aws_dynamodb_table_item" "first_book" {
  table_name = aws_dynamodb_table.books.name
  hash_key   = aws_dynamodb_table.books.hash_key
  item       = <<-ITEM
    {
      "isbn": {"S": "9780000000019"},
      "title": {"S": "How to Read"},
      "shelf": {"S": "A1"},
      "pages": {"N": "212"},
      "tags": {"SS": ["new", "short"]}
    }
  ITEM

  lifecycle {
    ignore_changes = [item]
  }
}
