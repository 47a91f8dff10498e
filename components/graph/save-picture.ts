import { STATE_COLOR } from '@/components/shared/state-names';
import type { SvgTheme } from '@/lib/core/graph/graph-svg';
import type { NodeState } from '@/lib/core/graph/graph-types';

/** A canvas beyond this is refused by some browsers. */
const MAX_PIXELS = 8_192;
const SHARPNESS = 2;

/** The colours that the screen has now. */
export function readSvgTheme(): SvgTheme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const ofState = (variable: string) => read(variable.replace(/^var\((.*)\)$/, '$1'));
  const states: Readonly<Record<NodeState, string>> = {
    injected: ofState(STATE_COLOR.injected),
    outdated: ofState(STATE_COLOR.outdated),
    'not-injected': ofState(STATE_COLOR['not-injected']),
    missing: ofState(STATE_COLOR.missing),
    refused: ofState(STATE_COLOR.refused),
    ambient: ofState(STATE_COLOR.ambient),
    unknown: ofState(STATE_COLOR.unknown),
    broken: ofState(STATE_COLOR.refused),
    none: read('--ink-3'),
  };
  return {
    surface: read('--surface'),
    panel: read('--panel'),
    sunk: read('--sunk'),
    ink: read('--ink'),
    ink2: read('--ink-2'),
    line: read('--line-2'),
    edge: read('--edge'),
    broken: states.broken,
    states,
  };
}

/** Draws an SVG into a PNG, twice as sharp as on screen where that is not too large. */
export async function toPng(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(SHARPNESS, MAX_PIXELS / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error('The picture is too large for a PNG')) : resolve(blob)),
        'image/png',
      );
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Hands a file to the browser. */
export function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
