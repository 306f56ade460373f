import type { Message, Outgoing, Resume, StoredFile, View } from '../wire';

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
const UPLOAD = 180_000;

interface Problem {
  code?: string;
  detail?: string;
}

export class Api {
  constructor(
    readonly origin: string,
    readonly key: string,
  ) {}

  async #request<T>(path: string, token: string | null, body?: unknown, patience = USUAL): Promise<T> {
    const headers: Record<string, string> = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    const isForm = body instanceof FormData;
    if (body !== undefined && !isForm) headers['Content-Type'] = 'application/json';
    const response = await fetch(`${this.origin}/api/webchat/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: isForm ? body : body === undefined ? null : JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(patience),
    });
    if (response.ok) return (await response.json()) as T;
    const problem = (await response.json().catch(() => ({}))) as Problem;
    // A proxy in between has its own words for a body that is too large.
    const code = response.status === 413 ? 'file_too_large' : problem.code;
    throw new Refused(response.status, code ?? '', problem.detail ?? '');
  }

  introduce(visitor: { locale: string; page: string }): Promise<{ token: string }> {
    return this.#request(`${encodeURIComponent(this.key)}/visitors`, null, visitor);
  }

  /** What is new since then; all of the latest conversation when it is another one. */
  view(token: string, { conversation_id, after }: Resume): Promise<View> {
    const known = conversation_id ? `&conversation_id=${encodeURIComponent(conversation_id)}` : '';
    return this.#request(`conversation?after=${String(after)}${known}`, token);
  }

  post(token: string, message: Outgoing): Promise<Message> {
    return this.#request('messages', token, message);
  }

  upload(token: string, file: Blob, name: string): Promise<StoredFile> {
    const form = new FormData();
    form.append('file', file, name);
    return this.#request('files', token, form, UPLOAD);
  }

  close(token: string): Promise<View> {
    return this.#request('close', token, {});
  }
}
