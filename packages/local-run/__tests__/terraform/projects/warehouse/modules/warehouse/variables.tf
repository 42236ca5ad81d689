variable "name" {
  type = string
}

variable "stage_name" {
  type = string
}

variable "function_dir" {
  type = string
}

variable "partner_keys" {
  type      = map(string)
  sensitive = true
}

variable "quota" {
  type = object({ limit = number, period = string })
}

variable "capacity" {
  type = map(object({ min = number, max = number }))
}
