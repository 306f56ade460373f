import { useEffect, useState } from 'preact/hooks';

import type { Config } from '../wire';

/** Until when it is closed now, '' where nobody knows; nothing while it is open. It looks again by itself when that changes. */
export function useClosed({ closed_from: from, opens_at: to }: Config): string | null {
  const [, look] = useState(0);
  const now = Date.now();
  const [starts, ends] = [Date.parse(from ?? ''), to ? Date.parse(to) : Infinity];
  const next = now < starts ? starts : ends;
  useEffect(() => {
    // A timer that is set for longer than this would ring at once.
    if (next - now > 0 && next - now < 2 ** 31) {
      const timer = setTimeout(() => look(next), next - now + 1);
      return () => clearTimeout(timer);
    }
  }, [next]);
  return starts <= now && now < ends ? (to ?? '') : null;
}
