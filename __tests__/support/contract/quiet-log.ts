/** Import this before the function's code: its logger reads the level when it is loaded. */
process.env['AWS_LAMBDA_LOG_LEVEL'] = 'FATAL';
