import type { StoredFile } from '../wire';
import type { Refused } from './api';

const LONGEST = 180_000;

interface Upload {
  url: string;
  token: string;
  name: string;
  progress(share: number): void;
  refused(status: number, text: string): Refused;
}

/** Over the older kind of request: only that one tells how far it has come. */
export function upload(file: Blob, { url, token, name, progress, refused }: Upload): Promise<StoredFile> {
  const form = new FormData();
  form.append('file', file, name);
  const request = new XMLHttpRequest();
  request.open('POST', url);
  request.setRequestHeader('Authorization', `Bearer ${token}`);
  request.timeout = LONGEST;
  request.upload.onprogress = ({ loaded, total }) => {
    progress(total ? loaded / total : 0);
  };
  return new Promise((done, failed) => {
    request.onload = () => {
      if (request.status < 300) done(JSON.parse(request.responseText) as StoredFile);
      else failed(refused(request.status, request.responseText));
    };
    request.onerror = request.ontimeout = request.onabort = () => {
      failed(new Error('network'));
    };
    request.send(form);
  });
}
