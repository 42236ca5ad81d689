/** Checks error answers of the functions. */
import type { Answer } from './http';

/** Expects a problem (RFC 9457) with this status, and without internal names, ARNs or stack traces. */
export function expectProblem(answer: Answer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.json).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status,
    detail: expect.any(String),
  });
  expect(answer.text).not.toMatch(/arn:|http-crud-tutorial|Exception|node_modules|\bat .*:\d+/);
}
