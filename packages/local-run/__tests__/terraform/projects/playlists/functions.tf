data "archive_file" "layer" {
  type        = "zip"
  output_path = "${path.module}/build/tracks-layer.zip"

  source {
    filename = "nodejs/node_modules/tracks/index.js"
    content  = file("${path.module}/layers/tracks.js")
  }
}

resource "aws_lambda_layer_version" "tracks" {
  layer_name               = "${local.name}-tracks"
  filename                 = data.archive_file.layer.output_path
  source_code_hash         = data.archive_file.layer.output_base64sha256
  compatible_runtimes      = ["nodejs20.x", "nodejs22.x"]
  compatible_architectures = ["x86_64", "arm64"]
}

data "archive_file" "player" {
  type        = "zip"
  source_dir  = "${path.module}/src/player"
  output_path = "${path.module}/build/player.zip"
}

resource "aws_lambda_function" "player" {
  function_name    = "${local.name}-player"
  role             = aws_iam_role.player.arn
  handler          = "app/main.default"
  runtime          = "nodejs22.x"
  filename         = data.archive_file.player.output_path
  source_code_hash = data.archive_file.player.output_base64sha256
  layers           = [aws_lambda_layer_version.tracks.arn]
  publish          = true

  ephemeral_storage {
    size = 1024
  }

  environment {
    variables = {
      TABLE_PREFIX = local.name
    }
  }

  depends_on = [time_sleep.role]
}

resource "aws_lambda_alias" "player" {
  for_each = toset(local.stages)

  name             = each.key
  function_name    = aws_lambda_function.player.arn
  function_version = aws_lambda_function.player.version
}

resource "aws_iam_role" "player" {
  name = "${local.name}-player"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "player" {
  for_each = {
    read  = { actions = ["dynamodb:Query"], tables = local.stages }
    write = { actions = ["dynamodb:BatchWriteItem", "dynamodb:PutItem"], tables = ["green"] }
  }

  name = each.key
  role = aws_iam_role.player.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = each.value.actions
      Resource = [for stage in each.value.tables : aws_dynamodb_table.lists[stage].arn]
    }]
  })
}

data "archive_file" "dj" {
  type                    = "zip"
  source_content          = templatefile("${path.module}/src/dj.js.tftpl", { djs = { blue = ["kay"], green = ["kay", "zed"] } })
  source_content_filename = "dj.js"
  output_path             = "${path.module}/build/dj.zip"
}

resource "aws_lambda_function" "dj" {
  function_name    = "${local.name}-dj"
  role             = aws_iam_role.player.arn
  handler          = "dj.handler"
  runtime          = "nodejs22.x"
  filename         = data.archive_file.dj.output_path
  source_code_hash = data.archive_file.dj.output_base64sha256
}

# The charts need no database. They have a URL of their own, and a route of the API.
data "archive_file" "charts" {
  count = var.charts ? 1 : 0

  type        = "zip"
  source_file = "${path.module}/src/charts/charts.cjs"
  output_path = "${path.module}/build/charts.zip"
}

resource "aws_lambda_function" "charts" {
  count = var.charts ? 1 : 0

  function_name    = "${local.name}-charts"
  role             = aws_iam_role.charts[0].arn
  handler          = "charts.handler"
  runtime          = "nodejs22.x"
  filename         = data.archive_file.charts[0].output_path
  source_code_hash = data.archive_file.charts[0].output_base64sha256
}

resource "aws_iam_role" "charts" {
  count = var.charts ? 1 : 0

  name               = "${local.name}-charts"
  assume_role_policy = aws_iam_role.player.assume_role_policy
}

resource "aws_lambda_function_url" "charts" {
  count = length(aws_lambda_function.charts)

  function_name      = aws_lambda_function.charts[count.index].function_name
  authorization_type = "NONE"

  cors {
    allow_origins = ["*"]
    allow_methods = ["GET"]
  }
}
