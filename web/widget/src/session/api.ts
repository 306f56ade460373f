import type { Identity, Resume, View } from '../wire';

/** The server said no; anything else that is thrown here is the network. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(code);
  }

  get isSignedOut(): boolean {
    return this.status === 401;
  }

  /** The same request would be refused again. */
  get final(): boolean {
    return this.status >= 400 && this.status < 500 && ![401, 408, 425, 429].includes(this.status);
  }
}

const USUAL = 20_000;

interface Problem {
  code?: string;
  detail?: string;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export function refused(status: number, text: string): Refused {
  const { code, detail } = parsed(text) as Problem;
  // A proxy in between has its own words for a body that is too large.
  return new Refused(status, status === 413 ? 'file_too_large' : (code ?? ''), detail ?? '');
}

export class Api {
  constructor(
    readonly origin: string,
    readonly key: string,
  ) {}

  async request<T>(path: string, token: string | null, body?: unknown): Promise<T> {
    const headers: Record<string, string> = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const response = await fetch(`${this.origin}/api/webchat/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(USUAL),
    });
    if (response.ok) return (await response.json()) as T;
    throw refused(response.status, await response.text());
  }

  introduce(visitor: { locale: string; time_zone: string }): Promise<{ token: string }> {
    return this.request(`${encodeURIComponent(this.key)}/visitors`, null, visitor);
  }

  /** What is new since then; all of the latest conversation when it is another one. */
  view(token: string, { conversation_id, after }: Resume): Promise<View> {
    const known = conversation_id ? `&conversation_id=${encodeURIComponent(conversation_id)}` : '';
    return this.request(`conversation?after=${String(after)}${known}`, token);
  }

  identify(token: string, identity: Identity): Promise<View> {
    return this.request('identity', token, identity);
  }
}
