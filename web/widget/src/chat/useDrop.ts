import { useRef, useState } from 'preact/hooks';

type Handlers = Record<'onDragEnter' | 'onDragOver' | 'onDragLeave' | 'onDrop', (event: DragEvent) => void>;

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** Files that are dragged onto the panel. Enter and leave come for every child, hence the counting. */
export function useDrop(add: (files: readonly File[]) => void): { isOver: boolean; handlers: Handlers } {
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const move = (step: number) => (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: move(1),
      onDragOver: move(0),
      onDragLeave: move(-1),
      onDrop(event) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        add([...(event.dataTransfer?.files ?? [])]);
      },
    },
  };
}
