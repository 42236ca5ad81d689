/** Replaces the values of settings in a stack by variables. Finds them in a second stack, which has probe values of the settings. */
import { type Block, EncodedJson, isBlock, type Value } from './hcl';
import { isInText } from './template';
import type { Candidate } from './variables';

/** Names of the local values for the start and the end of resource names. */
export const PREFIX_LOCAL = 'name_prefix';
export const SUFFIX_LOCAL = 'name_suffix';

/** The locals by setting. */
export const LOCALS: Readonly<Record<string, string>> = { namePrefix: PREFIX_LOCAL, environment: SUFFIX_LOCAL };

/** A text in the stack with probe values, its expression in HCL, and the text at this place in the real stack. */
interface Token {
  readonly probe: string;
  readonly expression: string;
  readonly real: string;
}

/** Values that Terraform needs before it knows variables. */
const LITERALS =
  /^(variable|moved|removed|module\.[^.]+\.(source|version)|output\.[^.]+\.description|provider\..+\.alias)(\.|$)/;

/** Each change of such a text replaces the deployment. So eject keeps the text, even if no variable explains it. */
const TRIGGERS = /^resource\.aws_api_gateway_deployment\.[^.]+\.triggers\./;

export class PlacesOfSettings {
  /** Paths of values that depend on settings in a way that variables cannot express, for example through a hash. */
  readonly unexplained: string[] = [];
  private readonly tokens: ReadonlyMap<string, Token>;
  private readonly pattern: RegExp;

  constructor(private readonly candidates: readonly Candidate[]) {
    const tokens = candidates.flatMap(tokensOf);
    this.tokens = new Map(tokens.map((token) => [token.probe, token]));
    // The longest text comes first, because it can contain a shorter text.
    const probes = tokens.map(({ probe }) => probe).sort((one, other) => other.length - one.length);
    this.pattern = new RegExp(probes.map(probePattern).join('|') || '(?!)', 'g');
  }

  /** Returns the stack with references to variables. @param probed the stack with the probe values */
  replace(real: Block, probed: Block): Block {
    return this.compare(real, probed, '') as Block;
  }

  private compare(real: Value, probed: Value, path: string): Value {
    if (real instanceof EncodedJson && probed instanceof EncodedJson)
      return new EncodedJson(this.compare(real.value, probed.value, path));
    if (Array.isArray(real) && Array.isArray(probed) && real.length === probed.length)
      return real.map((element: Value, index) => this.compare(element, probed[index] as Value, `${path}.${index}`));
    if (isBlock(real) && isBlock(probed) && Object.keys(real).join('\n') === Object.keys(probed).join('\n')) {
      return Object.fromEntries(
        Object.entries(real).map(([key, value]) => {
          const inner = path === '' ? key : `${path}.${key}`;
          return [key, this.compare(value, probed[key] as Value, inner)];
        }),
      );
    }
    if (real === probed) return real;
    const replaced = LITERALS.test(path) ? undefined : this.replaceValue(real, probed);
    if (replaced === undefined && !TRIGGERS.test(path)) this.unexplained.push(path);
    return replaced ?? real;
  }

  /** @returns undefined when replacing the probe values in the probed value does not give the real value */
  private replaceValue(real: Value, probed: Value): string | undefined {
    if (typeof real === 'number' && typeof probed === 'number') return this.replaceNumber(real, probed);
    if (typeof real !== 'string' || typeof probed !== 'string') return undefined;
    const withReal = probed.replace(this.pattern, (probe) => this.tokens.get(probe)?.real ?? probe);
    if (withReal !== real) return undefined;
    return this.withExpressions(probed);
  }

  /** @returns undefined when a probe value stands in an expression, and is no number there */
  private withExpressions(probed: string): string | undefined {
    const isExplained = [...probed.matchAll(this.pattern)].every(
      ({ 0: probe, index }) => IS_NUMBER.test(probe) || isInText(probed, index),
    );
    if (!isExplained) return undefined;
    return probed.replace(this.pattern, (probe, index: number) => {
      const { expression = '' } = this.tokens.get(probe) ?? {};
      if (!isInText(probed, index)) return expression;
      return `\${${probe === probed ? asText(expression, probe) : expression}}`;
    });
  }

  private replaceNumber(real: number, probed: number): string | undefined {
    for (const { name, value, probe } of this.candidates) {
      if (probed === probe && real === value) return `\${var.${name}}`;
      if (probed === Number(probe) + 1 && real === Number(value) + 1) return `\${var.${name} + 1}`;
    }
    return undefined;
  }
}

const IS_NUMBER = /^\d+$/;

/** A variable alone keeps its type. The text of a number stays a text. */
function asText(expression: string, probe: string): string {
  return IS_NUMBER.test(probe) ? `tostring(${expression})` : expression;
}

function tokensOf({ setting, name, value, probe }: Candidate): Token[] {
  const token = { probe: String(probe), expression: `var.${name}`, real: String(value) };
  if (setting === 'namePrefix')
    return [{ probe: `${probe}-`, expression: `local.${PREFIX_LOCAL}`, real: value === '' ? '' : `${value}-` }, token];
  if (setting === 'environment')
    return [
      { probe: `-${probe}`, expression: `local.${SUFFIX_LOCAL}`, real: value === 'default' ? '' : `-${value}` },
      token,
    ];
  return [token];
}

/** A number must not match within a longer number. */
function probePattern(probe: string): string {
  const escaped = probe.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return IS_NUMBER.test(probe) ? `(?<!\\d)${escaped}(?!\\d)` : escaped;
}
