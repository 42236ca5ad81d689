/** The stand-in for hashicorp/template. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Provider, Values } from '../provider/provider';
import { StandInError } from '../provider/stand-in-error';
import { computed, MAP_OF_STRINGS, optional, providerSchemas, schema } from '../schema/define';
import { text } from '../provider/text';

export function template({ folder }: { readonly folder: string }): Provider {
  return {
    schemas: providerSchemas(
      {},
      {
        template_file: schema({
          ...{ template: optional('string'), filename: optional('string'), vars: optional(MAP_OF_STRINGS) },
          rendered: computed('string'),
        }),
      },
    ),
    resources: {},
    dataSources: {
      template_file: ({ template: source, filename, vars }) => {
        const template =
          typeof filename === 'string' ? readFileSync(path.resolve(folder, filename), 'utf8') : text(source);
        return { rendered: render(template, (vars ?? {}) as Values) };
      },
    },
  };
}

/** Replaces `${name}`. `$${` stands for `${`. Other expressions of the template language are refused. */
function render(source: string, variables: Values): string {
  return source.replace(/(\$?)\$\{\s*([^}]*?)\s*\}/g, (all, escape: string, name: string) => {
    if (escape !== '') return all.slice(1);
    if (Object.hasOwn(variables, name)) return String(variables[name]);
    throw new StandInError(
      'The template has an expression that the local run does not evaluate',
      `"${all}" is no name in \`vars\`. Use the function \`templatefile\` in place of the data source \`template_file\`.`,
    );
  });
}
