import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { istioFunctions } from './functions/istio-functions';
import { parseTemplate } from './parse-template';
import { sidecarData } from './schema/template-data';
import { TemplateError } from './template-error';
import { goJson } from './values/make-values';

const LIMITS = { maxSteps: 20_000, maxOutputBytes: 200_000, maxDepth: 100 };
const functions = istioFunctions({ minor: 31 });
const oldFunctions = istioFunctions({ minor: 10 });

/** Pieces that make templates which often parse, and often go wrong in an interesting way. */
const PIECES = [
  '{{',
  '}}',
  '{{- ',
  ' -}}',
  ' ',
  '\n',
  '|',
  '(',
  ')',
  '.',
  '.a',
  '.b.c',
  '$',
  '$x',
  ':=',
  '=',
  ',',
  'nil',
  'true',
  '0',
  '-1',
  '1e9',
  "'x'",
  '"s"',
  '`r`',
  '{{end}}',
  '{{else}}',
  '{{if .a}}',
  '{{range .}}',
  '{{range $k, $v := .}}',
  '{{with .b}}',
  '{{define "t"}}',
  '{{template "t" .}}',
  '{{block "b" .}}',
  '{{break}}',
  '{{continue}}',
  '{{/* c */}}',
  'text',
  'é',
  '\u2028',
];
const NAMES = [...functions.keys()];
const piece = fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...NAMES), fc.string({ maxLength: 4 }));
const soup = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
const operand = fc.oneof(
  fc.constantFrom(
    '.',
    '.a',
    '.b',
    '.b.c',
    '$',
    'nil',
    '"x"',
    '"[a"',
    '`(a+)+$`',
    '3',
    '-7',
    '999999999',
    '2.5',
    'true',
    '(.a)',
  ),
  fc.string({ maxLength: 6 }).map((text) => JSON.stringify(text)),
);
const call = fc
  .tuple(fc.constantFrom(...NAMES), fc.array(operand, { maxLength: 4 }))
  .map(([name, operands]) => [name, ...operands].join(' '));
const calls = fc.array(call, { minLength: 1, maxLength: 3 }).map((stages) => `{{$x := .}}{{${stages.join(' | ')}}}`);
const loops = call.map((text) => `{{range $i, $x := until 2000}}{{range until 2000}}{{${text}}}{{end}}{{end}}`);

function outcomeOf(run: () => string): 'text' | 'error' {
  try {
    run();
    return 'text';
  } catch (error) {
    if (error instanceof TemplateError) return 'error';
    throw error;
  }
}

describe('random templates', () => {
  it.each([
    ['soup of tokens', soup],
    ['calls with arguments of any kind', calls],
    ['calls in nested loops', loops],
  ])('%s end in text or in an error of their own', (_name, templates) => {
    const property = fc.property(templates, fc.jsonValue({ maxDepth: 3 }), (text, data) => {
      const value = goJson({ a: data, b: { c: data }, s: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!' });
      expect(outcomeOf(() => parseTemplate('inject', text, { functions }).execute(value, LIMITS))).toMatch(
        /text|error/,
      );
    });
    fc.assert(property, { seed: 20_260, numRuns: 300 });
  });

  it('holds for the data of a pod and the functions of an old release', () => {
    const property = fc.property(soup, fc.jsonValue({ maxDepth: 4 }), (text, json) => {
      const data = sidecarData({ spec: json, objectMeta: json, proxyConfig: json, values: json }, { minor: 10 });
      const template = `{{toYaml .}}{{structToJSON .Spec}}{{protoToJSON .ProxyConfig}}${text}`;
      const run = () => parseTemplate('inject', template, { functions: oldFunctions }).execute(data, LIMITS);
      expect(outcomeOf(run)).toMatch(/text|error/);
    });
    fc.assert(property, { seed: 20_261, numRuns: 200 });
  });

  it('renders the same text every time', () => {
    const property = fc.property(calls, fc.jsonValue({ maxDepth: 2 }), (text, data) => {
      const render = () => {
        try {
          return parseTemplate('inject', text, { functions }).execute(goJson({ a: data }), LIMITS);
        } catch (error) {
          return error instanceof TemplateError ? error.message : 'crash';
        }
      };
      expect(render()).toBe(render());
    });
    fc.assert(property, { seed: 20_262, numRuns: 200 });
  });
});
