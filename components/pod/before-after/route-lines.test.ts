import { describe, expect, it } from 'vitest';
import { plainPod } from '@/lib/core/pod/example-pods';
import { exampleAnswer } from './example-state';
import { type Place, routeLines } from './route-lines';

const { asRuns, asWritten } = exampleAnswer().anatomy;
const place = (left: number, top: number, right: number, bottom: number): Place => ({ left, top, right, bottom });
const plug = (port: number) => `plug:${asRuns.plugs.find((each) => each.port === port)?.id ?? ''}`;
const PLACES = new Map<string, Place>([
  [plug(80), place(0, 90, 40, 110)],
  [plug(15020), place(0, 114, 40, 134)],
  [plug(15021), place(0, 138, 40, 158)],
  [plug(15090), place(0, 162, 40, 182)],
  ['gate', place(80, 20, 90, 180)],
  ['container:app', place(120, 80, 200, 140)],
  ['container:istio-proxy', place(250, 80, 400, 180)],
  ['volume:istio-envoy', place(120, 220, 180, 240)],
]);
const line = (id: string, state = asRuns) => routeLines(state, PLACES).find((each) => each.id === id);

describe('routeLines', () => {
  it('leads a captured port to the gate, over the application to the proxy, and back', () => {
    expect(line(`in/${plug(80).slice(5)}`)?.path).toBe('M40 100H80');
    expect(line('trunk')).toMatchObject({ path: 'M90 68H325V80', label: '15006', isQuiet: false });
    expect(line('back/app')).toMatchObject({ path: 'M250 110H225V110H200', tip: { points: 'left' } });
  });

  it('keeps the proxy’s own doors quiet where their lines would cross the application', () => {
    expect(line(`direct/${plug(15021).slice(5)}`)).toMatchObject({ path: 'M40 148H250', isQuiet: true });
  });

  it('bends a line to a box that is not level with its plug', () => {
    expect(line(`direct/${plug(15090).slice(5)}`)?.path).toBe('M40 172H238V166H250');
  });

  it('draws a port straight to its container where there is no gate', () => {
    expect(line(`direct/${plug(80).slice(5)}`, asWritten)).toMatchObject({ path: 'M40 100H120', isQuiet: false });
    expect(routeLines(asWritten, PLACES).map(({ id }) => id)).not.toContain('trunk');
  });

  it('connects a drawer with its mounter on demand', () => {
    expect(line('mount/istio-envoy/istio-proxy')).toMatchObject({ path: 'M150 220V192H325V180', isQuiet: true });
  });

  it('leaves out what has no place yet', () => {
    expect(routeLines(asRuns, new Map())).toEqual([]);
  });

  it('has no way through the proxy for a pod without one', () => {
    const { anatomy } = exampleAnswer(plainPod());
    expect(routeLines(anatomy.asRuns, PLACES).map(({ kind }) => kind)).toEqual(['direct']);
  });
});
