/** The resource types and data sources that the local run simulates: their attributes, and the attributes that AWS computes. */
import { CALLER_RESOURCE_TYPES } from './caller-resource-types';
import { DATA_SOURCE_TYPES } from './data-source-types';
import { FUNCTION_RESOURCE_TYPES } from './function-resource-types';
import { OBJECT_RESOURCE_TYPES } from './object-resource-types';
import { ROLE_RESOURCE_TYPES } from './role-resource-types';
import { HTTP_API_RESOURCE_TYPES } from './http-api-resource-types';
import { REST_API_RESOURCE_TYPES } from './rest-api-resource-types';
import type { ResourceTypes } from './simulated-type';
import { TABLE_RESOURCE_TYPES } from './table-resource-types';

export const RESOURCE_TYPES: ResourceTypes = {
  ...DATA_SOURCE_TYPES,
  ...TABLE_RESOURCE_TYPES,
  ...ROLE_RESOURCE_TYPES,
  ...FUNCTION_RESOURCE_TYPES,
  ...CALLER_RESOURCE_TYPES,
  ...OBJECT_RESOURCE_TYPES,
  ...HTTP_API_RESOURCE_TYPES,
  ...REST_API_RESOURCE_TYPES,
};
