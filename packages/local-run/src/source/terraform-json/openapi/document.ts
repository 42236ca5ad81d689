/** Reads OpenAPI 3.0 and Swagger 2.0 documents: their operations, parameters and security schemes. */
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { isObject } from '../../../services/is-object';
import { toList } from '../../../services/to-list';

export type Fields = Readonly<Record<string, unknown>>;

/** The body of an API is no OpenAPI document. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

export interface Operation {
  /** `GET`, or `ANY`. */
  readonly method: string;
  /** `/pets/{id}`. */
  readonly path: string;
  readonly fields: Fields;
  /** The parameters of the operation and of its path. */
  readonly parameters: readonly Fields[];
}

/** A security scheme that an operation names. */
export interface Security {
  readonly name: string;
  readonly scheme: Fields;
  readonly scopes: readonly string[];
}

const METHODS: Readonly<Record<string, string>> = {
  ...{ get: 'GET', put: 'PUT', post: 'POST', delete: 'DELETE', options: 'OPTIONS', head: 'HEAD', patch: 'PATCH' },
  'x-amazon-apigateway-any-method': 'ANY',
};

export class OpenApiDocument {
  readonly root: Fields;

  /** @param text JSON or YAML. @throws DocumentError */
  constructor(text: string) {
    this.root = parseRoot(text);
    if (!String(this.root['openapi']).startsWith('3.0') && String(this.root['swagger']) !== '2.0') {
      throw new DocumentError('it has neither openapi: 3.0.x nor swagger: "2.0"');
    }
    if (!isObject(this.root['paths'])) throw new DocumentError('it has no paths');
  }

  /** @throws DocumentError */
  get operations(): Operation[] {
    return Object.entries(this.object(this.root['paths'])).flatMap(([path, value]) => {
      if (!path.startsWith('/')) throw new DocumentError(`the path ${JSON.stringify(path)} must begin with a slash`);
      const item = this.object(value);
      const shared = toList(item['parameters']).map((parameter) => this.object(parameter));
      return Object.entries(METHODS).flatMap(([name, method]) => {
        if (item[name] === undefined) return [];
        const fields = this.object(item[name]);
        const own = toList(fields['parameters']).map((parameter) => this.object(parameter));
        return [{ method, path, fields, parameters: [...shared, ...own] }];
      });
    });
  }

  /** The schemas that others can refer to, by name. */
  get schemas(): Fields {
    return this.object(this.root['definitions'] ?? this.components['schemas'] ?? {});
  }

  /** JSON Schema of an operation's body. Undefined: it has none for `application/json`. */
  bodySchema({ fields, parameters }: Operation): unknown {
    const body = parameters.find((parameter) => parameter['in'] === 'body');
    if (body) return body['schema'];
    const content = this.object(this.object(fields['requestBody'] ?? {})['content'] ?? {});
    return this.object(content['application/json'] ?? {})['schema'];
  }

  /** @throws DocumentError for a scheme that the document does not define */
  securityOf({ fields }: Operation): Security[] {
    const [first = {}] = toList(fields['security'] ?? this.root['security']);
    return Object.entries(this.object(first)).map(([name, scopes]) => ({
      name,
      scheme: this.scheme(name),
      scopes: toList(scopes).map(String),
    }));
  }

  /** Follows references within the document. @returns the object. @throws DocumentError for another value */
  object(value: unknown): Fields {
    if (!isObject(value)) throw new DocumentError(`${JSON.stringify(value)} must be an object`);
    const { $ref } = value;
    return typeof $ref === 'string' ? this.object(this.referred($ref)) : value;
  }

  private get components(): Fields {
    return this.object(this.root['components'] ?? {});
  }

  private scheme(name: string): Fields {
    const schemes = this.object(this.root['securityDefinitions'] ?? this.components['securitySchemes'] ?? {});
    if (schemes[name] === undefined) throw new DocumentError(`the security scheme ${name} is not defined`);
    return this.object(schemes[name]);
  }

  private referred(reference: string): unknown {
    const names = reference.replace(/^#\//, '').split('/');
    const unescaped = names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = reference.startsWith('#/')
      ? unescaped.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), this.root)
      : undefined;
    if (found === undefined) throw new DocumentError(`the reference ${reference} leads nowhere`);
    return found;
  }
}

const requireModule = createRequire(__filename);

function parseText(text: string): unknown {
  if (text.trimStart().startsWith('{')) return JSON.parse(text);
  // Loads the parser on first use: loading takes longer than starting a server, and most APIs have no body in YAML.
  return (requireModule('yaml') as typeof Yaml).parse(text);
}

function parseRoot(text: string): Fields {
  let root: unknown;
  try {
    root = parseText(text);
  } catch (error) {
    throw new DocumentError(`it is neither JSON nor YAML: ${(error as Error).message.split('\n')[0] ?? ''}`);
  }
  if (!isObject(root)) throw new DocumentError('it must be an object');
  return root;
}
