/** Turns the log off. Import this module before the function's code, whose logger reads the level when it is loaded. */
process.env['AWS_LAMBDA_LOG_LEVEL'] = 'FATAL';
