import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from './parse-template';
import { TemplateError } from './template-error';
import { type Compatibility, CURRENT_GO, compatibilityOf, type MissingKey } from './template-options';
import { dataOf } from './vectors/vector-data';
import { functionsOf } from './vectors/vector-functions';

const FOLDER = join(resolve(process.env.SIDELIGHT_VECTORS ?? '../shared'), 'vectors/gotemplate');

interface Vector {
  readonly name: string;
  readonly template: string;
  readonly data: unknown;
  readonly options: {
    readonly funcs: string;
    readonly dataModel?: string;
    readonly missingkey?: MissingKey;
    readonly delims?: readonly [string, string];
    readonly templateName?: string;
    readonly execute?: string;
    readonly env?: Readonly<Record<string, string>>;
  };
  readonly want?: string;
  readonly otherGo?: readonly (Pick<Vector, 'want' | 'error'> & { readonly go: readonly string[] })[];
  readonly error?: {
    readonly phase: string;
    readonly class: string;
    readonly message: string;
    readonly line?: number;
    readonly col?: number;
    readonly partial?: string;
  };
}

function render({ template, data, options }: Vector, compatibility: Compatibility): string {
  const parsed = parseTemplate(options.templateName ?? 'inject', template, {
    functions: functionsOf(options.funcs, options.env ?? {}),
    delims: options.delims ?? ['', ''],
    missingKey: options.missingkey ?? 'default',
    compatibility,
  });
  const value = dataOf(options.dataModel ?? 'json', data);
  return options.execute === undefined ? parsed.execute(value) : parsed.executeNamed(options.execute, value);
}

function outcomeOf(vector: Vector, compatibility = CURRENT_GO): Pick<Vector, 'want' | 'error'> {
  try {
    return { want: render(vector, compatibility) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { phase, class: errorClass, message, line, column, partial } = error.fault;
    const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { col: column }) };
    return {
      error: {
        phase,
        class: errorClass,
        message,
        ...place,
        ...(partial === '' || partial === undefined ? {} : { partial }),
      },
    };
  }
}

const beforeShortCircuit = (outcomes: Vector['otherGo'] = []) => outcomes.find(({ go }) => go.includes('go1.15.15'));

const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];

describe('template vectors', () => {
  if (files.length === 0) it.skip(`${FOLDER} is missing`, () => undefined);

  for (const file of files) {
    const { cases = [] }: { readonly cases?: readonly Vector[] } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
    describe(file, () => {
      it.each(cases.map((vector): [string, Vector] => [vector.name, vector]))('%s', (_name, vector) => {
        const { want, error } = vector;
        expect(outcomeOf(vector)).toEqual(error === undefined ? { want } : { error });
      });

      // What the two switches for old control planes change is comparing, and evaluating all arguments of and, or.
      const old = cases.filter(({ name, otherGo }) => /^(?:compare|logic)\//.test(name) && beforeShortCircuit(otherGo));
      it.each(old.map((vector): [string, Vector] => [vector.name, vector]))('%s as Go 1.15 has it', (_name, vector) => {
        const { want, error } = beforeShortCircuit(vector.otherGo) ?? {};
        expect(outcomeOf(vector, compatibilityOf(13))).toEqual(error === undefined ? { want } : { error });
      });
    });
  }
});
