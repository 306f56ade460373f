import { shallowReactive } from 'vue';

export interface Toast {
  id: number;
  text: string;
  tone?: 'good' | 'bad';
  action?: { label: string; run: () => void };
  /** Takes back what was said; as long as the toast is there, z does it too. */
  undo?: () => void;
}

export const toasts = shallowReactive<Toast[]>([]);
let last = 0;

/** Says something that is not to be seen anywhere else. It leaves by itself; bad news stay longer. */
export function toast(text: string, options: Omit<Toast, 'id' | 'text'> = {}): void {
  const id = (last += 1);
  toasts.push({ id, text, ...options });
  setTimeout(() => dismiss(id), options.tone === 'bad' || options.action || options.undo ? 9000 : 5000);
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((one) => one.id === id);
  if (at >= 0) toasts.splice(at, 1);
}
