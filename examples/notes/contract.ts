/** Contract of the API `notes`: the notes of signed-in users. Each user sees only their own notes. */
import { defineApi } from '../../function/contract/api';

export const notes = defineApi({
  name: 'notes',
  gateway: 'http-api',
  key: ['owner', 'noteId'],
  item: {
    type: 'object',
    required: ['text'],
    properties: {
      text: { type: 'string', minLength: 1, maxLength: 10_000 },
    },
  },
  managed: { owner: { claim: 'sub' }, noteId: 'uuid', createdAt: 'createdAt', version: 'version' },
  auth: { default: 'jwt', jwt: { issuer: 'https://id.example.com/', audience: ['notes'] } },
  routes: {
    'POST /notes': { operation: 'create' },
    'GET /notes': { operation: 'list' },
    'GET /notes/{noteId}': { operation: 'read' },
    'DELETE /notes/{noteId}': { operation: 'delete', auth: { jwt: ['notes:delete'] } },
  },
});
