/** The calls of the JSON API about requests: the list, one request, and the sending of requests. */
import type { Deployment } from '../model/deployment';
import { readBody } from '../services/api-gateway/request';
import type { ApiCall, ApiSource } from './api-call';
import { MAX_KEPT_BODY_BYTES } from './exchange';
import { MAX_REQUESTS, type RequestDetails } from './history';
import { HttpError } from './responses';
import { parseSendRequest, type SendRequest, type SendResult, sendToApi, toHeaders } from './send';

/** Maximum body of POST /api/send. The body is a request for an API, as JSON text. */
const MAX_SEND_BYTES = 32 * 1024 * 1024;

/** Headers with the request's id: of HTTP APIs and of REST APIs. */
const ID_HEADERS = ['apigw-requestid', 'x-amzn-requestid'];

/** A response, and the number of its request in the history. */
type Answer = SendResult & { readonly number?: number };

export function requestDetails({ source, parameter }: ApiCall): RequestDetails {
  const details = source.history.find(Number(parameter));
  if (!details) throw unknownRequest(parameter);
  return details;
}

/** The request as it was sent, with its credentials, and the URL of its API. */
export function requestAsSent({ source, parameter }: ApiCall) {
  const sent = source.history.findSent(Number(parameter));
  if (!sent) throw unknownRequest(parameter);
  return { ...sent, url: source.site.urlOf(sent.stack, sent.api) };
}

export async function sendAgain({ source, parameter }: ApiCall): Promise<Answer> {
  const sent = source.history.findSent(Number(parameter));
  if (!sent) throw unknownRequest(parameter);
  const { body, bodyBase64, droppedBytes } = sent;
  if (droppedBytes !== undefined) {
    throw new HttpError(
      400,
      `The body of request ${parameter} has ${droppedBytes} bytes. The console keeps bodies of at most ` +
        `${MAX_KEPT_BODY_BYTES} bytes. Send the request from where it was sent first.`,
    );
  }
  const content = bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64');
  return sendRequest(source, { ...sent, headers: toHeaders(sent.headers), body: content });
}

export async function send({ source, request }: ApiCall): Promise<Answer> {
  const body = await readBody(request, MAX_SEND_BYTES);
  if (!body) throw new HttpError(400, 'The body is larger than 32 MB.');
  return sendRequest(source, parseSendRequest(body.toString()));
}

async function sendRequest({ site, history, sendTimeoutMs }: ApiSource, request: SendRequest): Promise<Answer> {
  const url = site.urlOf(request.stack, request.api);
  if (url === undefined) throw new HttpError(404, unknownApiMessage(site.deployments, request));
  const result = await sendToApi(url, request, sendTimeoutMs);
  const [, requestId] = result.headers.find(([name]) => ID_HEADERS.includes(name.toLowerCase())) ?? [];
  const number = requestId === undefined ? undefined : history.numberOf(requestId);
  return { ...result, ...(number !== undefined && { number }) };
}

function unknownRequest(number: string): HttpError {
  return new HttpError(404, `There is no request ${number}: the console keeps the last ${MAX_REQUESTS} requests.`);
}

function unknownApiMessage(deployments: readonly Deployment[], { stack, api }: { stack: string; api: string }): string {
  const deployment = deployments.find((candidate) => candidate.stack === stack);
  if (!deployment) return `There is no stack ${stack}.`;
  const addresses = deployment.apis.map(({ address }) => address).join(', ');
  return `The stack ${stack} has no API with the Terraform address ${api}. Its APIs are ${addresses}.`;
}
