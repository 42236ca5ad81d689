/* eslint-disable */
/** Made by npm run client. Do not edit it. */
export interface paths {
    "/customers/{customerId}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists orders */
        get: operations["listCustomersOrders"];
        put?: never;
        /** Creates an order */
        post: operations["createCustomersOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customerId}/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads an order */
        get: operations["readCustomersOrder"];
        /** Replaces an order, or creates it */
        put: operations["replaceCustomersOrder"];
        post?: never;
        /** Deletes an order */
        delete: operations["deleteCustomersOrder"];
        options?: never;
        head?: never;
        /** Changes fields of an order */
        patch: operations["updateCustomersOrder"];
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists orders */
        get: operations["listOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Order: {
            /** Format: uuid */
            readonly orderId: string;
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly updatedAt: string;
            readonly version: number;
            /** Format: uuid */
            customerId: string;
            /** @enum {string} */
            status: "open" | "paid" | "sent";
            lines: {
                /** @example TEA-250 */
                sku: string;
                quantity: number;
                /** @example 4.99 */
                price: number;
                gift: boolean;
            }[];
            note?: string | null;
            address?: {
                street?: string;
                city: string;
            };
        };
        /**
         * @example {
         *       "status": "open",
         *       "lines": [
         *         {
         *           "sku": "TEA-250",
         *           "quantity": 1,
         *           "price": 4.99,
         *           "gift": false
         *         }
         *       ],
         *       "note": "an example of note",
         *       "address": {
         *         "street": "an example of street",
         *         "city": "an example of city"
         *       }
         *     }
         */
        NewOrder: {
            /**
             * @default open
             * @enum {string}
             */
            status?: "open" | "paid" | "sent";
            lines: {
                /** @example TEA-250 */
                sku: string;
                quantity: number;
                /** @example 4.99 */
                price: number;
                /** @default false */
                gift?: boolean;
            }[];
            note?: string | null;
            address?: {
                street?: string;
                city: string;
            };
        };
        OrderPage: {
            items: components["schemas"]["Order"][];
            /** @description Present when there may be more items: send it to get the next page. */
            cursor?: string;
        };
        /**
         * @example {
         *       "status": "open",
         *       "lines": [
         *         {
         *           "sku": "TEA-250",
         *           "quantity": 1,
         *           "price": 4.99,
         *           "gift": false
         *         }
         *       ],
         *       "note": "an example of note",
         *       "address": {
         *         "street": "an example of street",
         *         "city": "an example of city"
         *       }
         *     }
         */
        ChangedOrder: {
            /** @enum {string|null} */
            status?: "open" | "paid" | "sent" | null;
            lines?: {
                /** @example TEA-250 */
                sku: string;
                quantity: number;
                /** @example 4.99 */
                price: number;
                /** @default false */
                gift?: boolean;
            }[];
            note?: string | null;
            address?: {
                street?: string | null;
                city?: string;
            } | null;
        };
        /**
         * @example {
         *       "status": "open",
         *       "lines": [
         *         {
         *           "sku": "TEA-250",
         *           "quantity": 1,
         *           "price": 4.99,
         *           "gift": false
         *         }
         *       ],
         *       "note": "an example of note",
         *       "address": {
         *         "street": "an example of street",
         *         "city": "an example of city"
         *       }
         *     }
         */
        WholeOrder: {
            /**
             * @default open
             * @enum {string}
             */
            status?: "open" | "paid" | "sent";
            lines: {
                /** @example TEA-250 */
                sku: string;
                quantity: number;
                /** @example 4.99 */
                price: number;
                /** @default false */
                gift?: boolean;
            }[];
            note?: string | null;
            address?: {
                street?: string;
                city: string;
            };
        };
        /** @description What was wrong with the request, and how to correct it (RFC 9457). */
        ProblemDetails: {
            type: string;
            /** @description The name of the status. */
            title: string;
            status: number;
            detail: string;
            /** @description The faults of the input, at most 20. */
            errors?: {
                /** @description The field or parameter at fault; `body` for the body as a whole. */
                path: string;
                message: string;
            }[];
            /** @description The id of the request in the log. */
            requestId: string;
        };
        /** @description An error that API Gateway answered. */
        GatewayError: {
            message?: string | null;
        };
    };
    responses: {
        /** @description The request has faults. `errors` lists them. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** @description There is no such item. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
                "application/json": components["schemas"]["GatewayError"];
            };
        };
        /** @description There is already an item with this key. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The item does not meet the precondition: it was changed, created or deleted. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The body has another content type than the route takes. */
        UnsupportedMediaType: {
            headers: {
                /** @description The content type of a patch. */
                "Accept-Patch"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The Idempotency-Key was sent before, with another body. */
        IdempotencyKeyReused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description The header If-Match is missing. */
        PreconditionRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
            };
        };
        /** @description Any other error: 413 for a large item, 429 and 503 for a request that may be sent again later, 500. */
        Error: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemDetails"];
                "application/json": components["schemas"]["GatewayError"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listCustomersOrders: {
        parameters: {
            query?: {
                /** @description Only items with this `status`. */
                status?: "open" | "paid" | "sent";
                /** @description Bounds on `orderId`: `orderId[gte]` or `orderId[gt]`, and `orderId[lte]` or `orderId[lt]`. */
                orderId?: {
                    gte?: string;
                    gt?: string;
                    lte?: string;
                    lt?: string;
                };
                /** @description Order by `orderId`. */
                order?: "asc" | "desc";
                /** @description Maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the page before, unchanged. */
                cursor?: string;
            };
            header?: never;
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of orders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Error"];
        };
    };
    createCustomersOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Requests with the same key create one item. Send a new UUID with each new item. */
                "Idempotency-Key"?: string;
            };
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrder"];
            };
        };
        responses: {
            /** @description An order was created. */
            201: {
                headers: {
                    /** @description The version of the item, for If-Match and If-None-Match. */
                    ETag: string;
                    /** @description The path of the item. */
                    Location: string;
                    /** @description Sent when an earlier request with this Idempotency-Key created the item. */
                    "Idempotent-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["BadRequest"];
            409: components["responses"]["Conflict"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            default: components["responses"]["Error"];
        };
    };
    readCustomersOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of an earlier answer. An unchanged item is answered with 304 and no body. */
                "If-None-Match"?: string;
            };
            path: {
                customerId: string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    /** @description The version of the item, for If-Match and If-None-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description The order is unchanged. */
            304: {
                headers: {
                    /** @description The version of the item, for If-Match and If-None-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            default: components["responses"]["Error"];
        };
    };
    replaceCustomersOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of an earlier answer, or up to 20 ETags. An item that was changed since is answered with 412. */
                "If-Match"?: string;
                /** @description `*` creates an item and never replaces one. */
                "If-None-Match"?: "*";
            };
            path: {
                customerId: string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WholeOrder"];
            };
        };
        responses: {
            /** @description The order was replaced. */
            200: {
                headers: {
                    /** @description The version of the item, for If-Match and If-None-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description An order was created. */
            201: {
                headers: {
                    /** @description The version of the item, for If-Match and If-None-Match. */
                    ETag: string;
                    /** @description The path of the item. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            415: components["responses"]["UnsupportedMediaType"];
            default: components["responses"]["Error"];
        };
    };
    deleteCustomersOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of an earlier answer, or up to 20 ETags. An item that was changed since is answered with 412. */
                "If-Match"?: string;
            };
            path: {
                customerId: string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order was deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            default: components["responses"]["Error"];
        };
    };
    updateCustomersOrder: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of an earlier answer, or up to 20 ETags. An item that was changed since is answered with 412. */
                "If-Match": string;
            };
            path: {
                customerId: string;
                orderId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["ChangedOrder"];
                "application/json": components["schemas"]["ChangedOrder"];
            };
        };
        responses: {
            /** @description The order after the change. */
            200: {
                headers: {
                    /** @description The version of the item, for If-Match and If-None-Match. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            415: components["responses"]["UnsupportedMediaType"];
            428: components["responses"]["PreconditionRequired"];
            default: components["responses"]["Error"];
        };
    };
    listOrders: {
        parameters: {
            query: {
                status: "open" | "paid" | "sent";
                /** @description Bounds on `createdAt`: `createdAt[gte]` or `createdAt[gt]`, and `createdAt[lte]` or `createdAt[lt]`. */
                createdAt?: {
                    gte?: string;
                    gt?: string;
                    lte?: string;
                    lt?: string;
                };
                /** @description Order by `createdAt`. */
                order?: "asc" | "desc";
                /** @description Maximum number of items on a page. */
                limit?: number;
                /** @description The `cursor` of the page before, unchanged. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of orders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            default: components["responses"]["Error"];
        };
    };
}
