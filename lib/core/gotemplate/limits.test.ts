import { describe, expect, it } from 'vitest';
import { istioFunctions } from './functions/istio-functions';
import { parseTemplate } from './parse-template';
import { TemplateError } from './template-error';
import { goJson } from './values/make-values';

const functions = istioFunctions();

function failure(text: string): TemplateError | undefined {
  try {
    parseTemplate('inject', text, { functions }).execute(goJson({ s: 'a'.repeat(40) }));
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  return undefined;
}

const DOUBLING = '{{$x := "xxxxxxxxxxxxxxxx"}}{{range until 60}}{{$x = print $x $x}}{{end}}';
const NESTING = '{{$l := list "x"}}{{range until 60}}{{$l = list $l $l}}{{end}}';

describe('templates without end', () => {
  it.each([
    ['a template that calls itself', '{{define "r"}}{{template "r" .}}{{end}}{{template "r" .}}', 'depth-exceeded'],
    [
      'two that call each other',
      '{{define "a"}}{{template "b"}}{{end}}{{define "b"}}{{template "a"}}{{end}}{{template "a"}}',
      'depth-exceeded',
    ],
    ['a loop in a loop', '{{range until 5000}}{{range until 5000}}{{end}}{{end}}', 'step-limit'],
    ['a number as large as can be', '{{range 9223372036854775807}}{{end}}', 'step-limit'],
    ['a list of a billion numbers', '{{until 1000000000}}', 'step-limit'],
    ['a text that doubles', DOUBLING, 'output-limit'],
    ['a list of lists of lists, printed', `${NESTING}{{$l}}`, 'step-limit'],
    ['the same as JSON', `${NESTING}{{toJson $l}}`, 'step-limit'],
    ['the same as YAML', `${NESTING}{{toYaml $l}}`, 'step-limit'],
    ['the same, copied', `${NESTING}{{deepCopy $l}}`, 'step-limit'],
    ['the same, compared', `${NESTING}{{has $l (list (list $l))}}{{deepEqual $l (deepCopy $l)}}`, 'step-limit'],
    ['a list that doubles', '{{$l := list 1}}{{range until 60}}{{$l = concat $l $l}}{{end}}', 'step-limit'],
    ['a repetition', '{{repeat 2000000000 "abc"}}', 'output-limit'],
    ['an indentation', '{{indent 1000000000 "a\\nb"}}', 'output-limit'],
    ['padding, often', '{{range until 100}}{{printf "%999999d" 1}}{{end}}', 'output-limit'],
    ['a map that holds itself', '{{$d := dict}}{{$_ := set $d "d" $d}}{{$d}}', 'depth-exceeded'],
  ])('stops %s', (_name, text, wanted) => {
    expect(failure(text)?.class).toBe(wanted);
  });

  it('gives a map that holds itself no JSON, as Go does', () => {
    expect(failure('{{$d := dict}}{{$_ := set $d "d" $d}}{{toJson $d}}')).toBeUndefined();
  });

  it('matches a pattern that backtracking engines choke on', () => {
    expect(failure('{{regexMatch "^(a+)+$" (print .s "!")}}')).toBeUndefined();
  });

  it('says where it stopped, and keeps what had been written', () => {
    const error = failure('start\n  {{range until 5000}}{{range until 5000}}{{end}}{{end}}');
    expect(error).toMatchObject({ phase: 'exec', class: 'step-limit', line: 2, partial: 'start\n  ' });
  });

  it('takes its limits from the caller', () => {
    const template = parseTemplate('inject', '{{range until 50}}xxxxxxxxxx{{end}}', { functions });
    expect(template.execute(goJson({}))).toHaveLength(500);
    expect(() => template.execute(goJson({}), { maxOutputBytes: 100 })).toThrow(TemplateError);
    expect(() => template.execute(goJson({}), { maxSteps: 20 })).toThrow(TemplateError);
  });

  it.each([
    ['parentheses', `{{${'('.repeat(20_000)}1${')'.repeat(20_000)}}}`],
    ['branches', '{{if true}}'.repeat(20_000) + '{{end}}'.repeat(20_000)],
  ])('refuses %s nested too deeply', (_name, text) => {
    expect(failure(text)?.class).toBe('too-deep');
  });
});
