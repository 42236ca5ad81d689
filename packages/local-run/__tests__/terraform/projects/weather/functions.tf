locals {
  stations = yamldecode(file("${path.module}/stations.yaml"))
  keys     = { for name, station in local.stations : station.key => name if !try(station.retired, false) }
}

data "archive_file" "readings" {
  type        = "zip"
  source_file = "functions/readings.mjs"
  output_path = "readings.zip"
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "weather-artifacts-${var.account_id}"
}

resource "aws_s3_object" "readings" {
  bucket         = aws_s3_bucket.artifacts.bucket
  key            = "functions/readings.zip"
  content_base64 = filebase64(data.archive_file.readings.output_path)
}

resource "aws_lambda_function" "readings" {
  function_name     = "weather-readings"
  role              = aws_iam_role.readings.arn
  s3_bucket         = aws_s3_bucket.artifacts.id
  s3_key            = aws_s3_object.readings.key
  s3_object_version = aws_s3_object.readings.version_id
  source_code_hash  = data.archive_file.readings.output_base64sha256
  handler           = "readings.handler"
  runtime           = "nodejs22.x"

  environment {
    variables = {
      READINGS_TABLE = aws_dynamodb_table.readings.name
      KEEP_SECONDS   = var.keep_days * 24 * 60 * 60
    }
  }
}

# Small enough to stand here: the key of a request is the authorizer's identity source.
data "archive_file" "authorizer" {
  type        = "zip"
  output_path = "authorizer.zip"

  source {
    filename = "authorizer/index.mjs"
    content  = <<-EOT
      import stations from '../stations.json' with { type: 'json' };

      export const handler = async ({ identitySource: [key] }) => ({
        isAuthorized: key in stations,
        context: { station: stations[key] ?? '' },
      });
    EOT
  }

  source {
    filename = "stations.json"
    content  = jsonencode(local.keys)
  }
}

resource "aws_lambda_function" "authorizer" {
  function_name    = "weather-authorizer"
  role             = aws_iam_role.authorizer.arn
  filename         = data.archive_file.authorizer.output_path
  source_code_hash = data.archive_file.authorizer.output_base64sha256
  handler          = "authorizer/index.handler"
  runtime          = "nodejs22.x"
}
