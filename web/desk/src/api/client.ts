import type { FileOut, ProblemOut } from './types';

/** What the server refused, or that it could not be reached at all (status 0, code `no_connection`). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly field: string | null;
  readonly errors: { field: string; detail: string }[];
  /** The whole answer, for the extras of one code (`messages`, `record`, `workspaces`). */
  readonly body: ProblemOut;

  constructor(body: ProblemOut) {
    super(body.detail || body.title);
    this.name = 'Problem';
    this.status = body.status;
    this.code = body.code;
    this.detail = body.detail || body.title;
    this.field = body.field ?? null;
    this.errors = body.errors ?? [];
    this.body = body;
  }

  /** True when nothing is known of the outcome, so that the same request may be sent again. */
  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

export type QueryValue = string | number | boolean | null | undefined;
export type Query = Record<string, QueryValue | readonly QueryValue[]>;

let csrf = '';
let whenSignedOut: () => void = () => {};
let whenServerTime: (at: number) => void = () => {};

export function useCsrf(token: string): void {
  csrf = token;
}

export function onSignedOut(run: () => void): void {
  whenSignedOut = run;
}

export function onServerTime(run: (at: number) => void): void {
  whenServerTime = run;
}

function address(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== '') search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(answer: Response): Promise<Problem> {
  const fallback = { title: answer.statusText, status: answer.status, detail: '', code: `http_${answer.status}` };
  try {
    const body = (await answer.json()) as Partial<ProblemOut>;
    return new Problem({ ...fallback, ...body });
  } catch {
    return new Problem(fallback);
  }
}

async function request(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers['Content-Type'] = 'application/json';
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      body: body === undefined ? null : form ? body : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreached();
  }
  return heard(answer);
}

const unreached = () => new Problem({ title: 'No connection', status: 0, detail: '', code: 'no_connection' });

async function heard(answer: Response): Promise<Response> {
  const date = answer.headers.get('Date');
  if (date) whenServerTime(Date.parse(date));
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.code === 'not_signed_in') whenSignedOut();
    throw problem;
  }
  return answer;
}

async function read<T>(answer: Response): Promise<T> {
  return answer.status === 204 ? (undefined as T) : ((await answer.json()) as T);
}

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return read<T>(await request(method, path, body, signal));
}

/** The only request that says how far it is, which fetch cannot tell: a share from 0 to 1. */
function sendFile(file: File, progress: (share: number) => void, signal?: AbortSignal): Promise<FileOut> {
  const form = new FormData();
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const sent = new XMLHttpRequest();
    sent.open('POST', '/api/files');
    sent.setRequestHeader('Accept', 'application/json');
    if (csrf) sent.setRequestHeader('X-CSRF-Token', csrf);
    sent.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    sent.onerror = () => reject(unreached());
    sent.onabort = () => reject(new DOMException('', 'AbortError'));
    signal?.addEventListener('abort', () => sent.abort());
    sent.onload = () => {
      const date = sent.getResponseHeader('Date');
      const answer = new Response(sent.responseText, { status: sent.status, statusText: sent.statusText, headers: date ? { date } : {} });
      resolve(heard(answer).then(read<FileOut>));
    };
    sent.send(form);
  });
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => ask<T>('GET', address(path, query), undefined, signal),
  /** An answer that is read while it comes. */
  stream: (path: string, query?: Query, signal?: AbortSignal) => request('GET', address(path, query), undefined, signal),
  post: <T>(path: string, body?: unknown) => ask<T>('POST', path, body),
  put: <T>(path: string, body?: unknown) => ask<T>('PUT', path, body),
  patch: <T>(path: string, body: unknown) => ask<T>('PATCH', path, body),
  delete: <T = void>(path: string) => ask<T>('DELETE', path),
  upload: sendFile,
};
