/** The methods of routes and integrations, in the order in which the AWS provider lists them. */
export const HTTP_METHODS: readonly string[] = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
