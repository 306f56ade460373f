import { vi } from 'vitest';
import type { FromServer, Permission } from './types';

/** In tests the other end of `fetch` and of the live line: rows by path, and lines that a test speaks on. */
export function standIn(agentId = 'me', permissions: readonly Permission[] = []) {
  const who = { id: agentId, permissions: [...permissions], teamIds: [] as string[] };
  const rows: Record<string, unknown> = {};
  const asked: string[] = [];
  const lines: Line[] = [];

  class Line {
    static readonly OPEN = 1;
    readyState = 1;
    onopen = () => {};
    onmessage: (event: { data: string }) => void = () => {};
    onclose: (event: { code: number }) => void = () => {};
    constructor() {
      lines.push(this);
      queueMicrotask(() => this.say({ type: 'ready', seq: 1, resumed: false }));
    }
    say(frame: FromServer): void {
      this.onmessage({ data: JSON.stringify(frame) });
    }
    send(): void {}
    close(): void {}
  }

  function answer(path: string): unknown {
    if (path in rows) return rows[path];
    const agent = { id: who.id, team_ids: who.teamIds };
    if (path === '/api/agents') return [agent];
    if (path === '/api/session') {
      return { csrf: 'x', agent, workspace: { id: 'w' }, preferences: { id: who.id }, permissions: who.permissions };
    }
    return /^\/api\/(conversations|records)\?/.test(path) ? { items: [], next: null } : [];
  }

  vi.stubGlobal('WebSocket', Line);
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const found = answer(path);
    return found === 403 ? new Response('{"code":"forbidden"}', { status: 403 }) : new Response(JSON.stringify(found));
  });
  return {
    who,
    rows,
    asked,
    line: () => lines.at(-1)!,
  };
}
