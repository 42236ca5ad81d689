variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "environment" {
  type = string

  validation {
    condition     = contains(["test", "production"], var.environment)
    error_message = "The environment is test or production."
  }
}

variable "allowed_origins" {
  type    = set(string)
  default = []
}

variable "log_retention_days" {
  type    = number
  default = 14

  validation {
    condition     = var.log_retention_days > 0
    error_message = "Logs have to expire at some time."
  }
}
