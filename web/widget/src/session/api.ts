import type { Identity, Message, Outgoing, Resume, StoredFile, View } from '../wire';

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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function refused(status: number, { code, detail }: Problem): Refused {
  // A proxy in between has its own words for a body that is too large.
  return new Refused(status, status === 413 ? 'file_too_large' : (code ?? ''), detail ?? '');
}

export class Api {
  constructor(
    readonly origin: string,
    readonly key: string,
  ) {}

  async #request<T>(path: string, token: string | null, body?: unknown): Promise<T> {
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
    throw refused(response.status, parsed(await response.text()) as Problem);
  }

  introduce(visitor: { locale: string }): Promise<{ token: string }> {
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

  /** Over the older kind of request: only that one tells how far it has come. */
  upload(token: string, file: Blob, name: string, progress: (share: number) => void): Promise<StoredFile> {
    const form = new FormData();
    form.append('file', file, name);
    const request = new XMLHttpRequest();
    request.open('POST', `${this.origin}/api/webchat/files`);
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.timeout = UPLOAD;
    request.upload.onprogress = ({ loaded, total }) => {
      progress(total ? loaded / total : 0);
    };
    return new Promise((done, failed) => {
      request.onload = () => {
        const answer = parsed(request.responseText);
        if (request.status < 300) done(answer as StoredFile);
        else failed(refused(request.status, answer as Problem));
      };
      request.onerror = request.ontimeout = request.onabort = () => {
        failed(new Error('network'));
      };
      request.send(form);
    });
  }

  identify(token: string, identity: Identity): Promise<View> {
    return this.#request('identity', token, identity);
  }

  close(token: string): Promise<View> {
    return this.#request('close', token, {});
  }
}
