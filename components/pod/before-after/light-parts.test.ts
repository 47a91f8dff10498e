import { describe, expect, it } from 'vitest';
import { exampleAnswer } from './example-state';
import { lightParts } from './light-parts';

const state = exampleAnswer().anatomy.asRuns;
const plug = (port: number) => `plug:${state.plugs.find((each) => each.port === port)?.id ?? ''}`;
const lit = (key: string | null) => [...lightParts(state, key)].sort();

describe('lightParts', () => {
  it.each<[name: string, key: string | null, want: readonly string[]]>([
    ['nothing while nothing is pointed at', null, []],
    ['a drawer and who mounts it', 'volume:istio-envoy', ['container:istio-proxy', 'volume:istio-envoy']],
    ['the whole way of a captured port', plug(80), ['container:app', 'container:istio-proxy', 'gate', plug(80)]],
    ['a port that is left alone, and its container', plug(15021), ['container:istio-proxy', plug(15021)]],
    ['the gate and what passes it', 'gate', ['container:app', 'container:istio-proxy', 'gate', plug(80)]],
    ['an application with its ports', 'container:app', ['container:app', 'container:istio-proxy', 'gate', plug(80)]],
    [
      'the proxy with its drawers, its ports and those it serves',
      'container:istio-proxy',
      ['container:app', 'container:istio-proxy', 'gate', 'volume:istio-envoy', ...[80, 15020, 15021, 15090].map(plug)],
    ],
    ['a step that nothing belongs to', 'container:istio-init', ['container:istio-init']],
  ])('lights %s', (_name, key, want) => {
    expect(lit(key)).toEqual([...want].sort());
  });
});
