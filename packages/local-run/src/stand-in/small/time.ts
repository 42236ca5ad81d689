/** The stand-in for hashicorp/time. It does not wait. */
import type { Compute, Provider, Values } from '../provider/provider';
import type { Attribute } from '../schema/schema';
import { computed, MAP_OF_STRINGS, optional, optionalComputed, providerSchemas, schema } from '../schema/define';
import { text } from '../provider/text';

const TRIGGERS = { triggers: optional(MAP_OF_STRINGS) };

const UNITS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

const TIME: Readonly<Record<string, Attribute>> = {
  rfc3339: optionalComputed('string'),
  unix: computed('number'),
  ...Object.fromEntries(UNITS.map((unit) => [unit, computed('number')])),
};

const OFFSETS = Object.fromEntries(UNITS.map((unit) => [`offset_${unit}s`, optional('number')]));
const ROTATIONS = Object.fromEntries(
  UNITS.filter((unit) => unit !== 'second').map((unit) => [`rotation_${unit}s`, optional('number')]),
);

export const time: Provider = {
  schemas: providerSchemas({
    time_sleep: schema({ ...TRIGGERS, create_duration: optional('string'), destroy_duration: optional('string') }),
    time_static: schema({ ...TRIGGERS, ...TIME }),
    time_offset: schema({ ...TRIGGERS, ...TIME, ...OFFSETS, base_rfc3339: optionalComputed('string') }),
    time_rotating: schema({ ...TRIGGERS, ...TIME, ...ROTATIONS, rotation_rfc3339: optionalComputed('string') }),
  }),
  replacesOnChange: true,
  resources: {
    time_sleep: () => ({ id: now() }),
    time_static: ({ rfc3339 }) => {
      const time = text(rfc3339, now());
      return { id: time, rfc3339: time, ...parts(time) };
    },
    time_offset: moved('offset', 'base_rfc3339', (base, offset) => ({
      base_rfc3339: base,
      rfc3339: offset,
      ...parts(offset),
    })),
    time_rotating: moved('rotation', 'rfc3339', (base, rotation) => ({
      ...{ rfc3339: base, rotation_rfc3339: rotation },
      ...parts(base),
    })),
  },
  dataSources: {},
};

/** Moves a time by the attributes `offset_days` and so on. */
function moved(prefix: string, baseName: string, result: (base: string, moved: string) => Values): Compute {
  return (values) => {
    const base = text(values[baseName], now());
    const date = new Date(base);
    const by = (unit: string) => Number(values[`${prefix}_${unit}s`] ?? 0);
    date.setUTCFullYear(
      date.getUTCFullYear() + by('year'),
      date.getUTCMonth() + by('month'),
      date.getUTCDate() + by('day'),
    );
    date.setTime(date.getTime() + ((by('hour') * 60 + by('minute')) * 60 + by('second')) * 1000);
    return { id: base, ...result(base, formatTime(date)) };
  };
}

function parts(rfc3339: string): Values {
  const date = new Date(rfc3339);
  return {
    unix: Math.floor(date.getTime() / 1000),
    ...{ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
    ...{ hour: date.getUTCHours(), minute: date.getUTCMinutes(), second: date.getUTCSeconds() },
  };
}

const now = () => formatTime(new Date());

function formatTime(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
