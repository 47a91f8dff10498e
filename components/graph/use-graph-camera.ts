'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect } from 'react';
import { type GraphLayout, NODE_HEIGHT, NODE_WIDTH } from '@/lib/core/graph/layout-types';

/** The buttons stand over the top of the picture. */
const FIT = { padding: { top: '52px', right: '20px', bottom: '20px', left: '20px' }, maxZoom: 1.1 } as const;
const READABLE_ZOOM = 0.8;
const MARGIN = 24;
const FRAMES_TO_WAIT = 12;

const moveMs = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160);

/** Moves what is in view: everything after a new arrangement, a node when it is gone to and not in view. */
export function useGraphCamera(layout: GraphLayout, round: number) {
  const flow = useReactFlow();
  const store = useStoreApi();

  const fit = useCallback(() => void flow.fitView({ ...FIT, duration: moveMs() }), [flow]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks for it, the value itself does not matter.
  useEffect(() => {
    const frame = requestAnimationFrame(() => void flow.fitView(FIT));
    return () => cancelAnimationFrame(frame);
  }, [round, flow]);

  const show = useCallback(
    (id: string) => {
      const point = layout.nodes[id];
      if (point === undefined) return;
      const { width, height, transform } = store.getState();
      const [offsetX, offsetY, zoom] = transform;
      const left = point.x * zoom + offsetX;
      const top = point.y * zoom + offsetY;
      const isInView =
        left > MARGIN &&
        top > MARGIN &&
        left + NODE_WIDTH * zoom < width - MARGIN &&
        top + NODE_HEIGHT * zoom < height - MARGIN;
      if (isInView) return;
      const center = { x: point.x + NODE_WIDTH / 2, y: point.y + NODE_HEIGHT / 2 };
      void flow.setCenter(center.x, center.y, { zoom: Math.max(zoom, READABLE_ZOOM), duration: moveMs() });
    },
    [flow, layout, store],
  );
  return {
    fit,
    show,
    zoomIn: () => flow.zoomIn({ duration: moveMs() }),
    zoomOut: () => flow.zoomOut({ duration: moveMs() }),
  };
}

/** Puts the keyboard focus on a drawn node; one that just came into view is there some frames later. */
export function focusNode(id: string, frames = FRAMES_TO_WAIT): void {
  const button = document.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
  if (button !== null) button.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusNode(id, frames - 1));
}
