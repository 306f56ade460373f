import { File, FileArchive, FileHeadphone, FilePlay, FileSpreadsheet, FileText } from 'lucide-vue-next';
import { Problem } from '../../api/client';
import type { FileOut } from '../../api/types';

/** What the server takes; said here too, so that nobody waits for an upload that is refused. */
export const LARGEST = 20 * 1024 * 1024;
export const MOST = 10;
export const REFUSED = ['exe', 'bat', 'cmd', 'com', 'scr', 'msi', 'js', 'jse', 'vbs', 'vbe', 'wsf', 'hta', 'ps1', 'lnk'];

const endingOf = (name: string) => /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

export function refusalOf({ name, size }: { name: string; size: number }): Problem | null {
  const refuse = (code: string, status: number) => new Problem({ code, status, title: '', detail: '' });
  if (size > LARGEST) return refuse('file_too_large', 413);
  return REFUSED.includes(endingOf(name)) ? refuse('file_refused', 422) : null;
}

/** The ending as people say it, PDF; nothing when it says nothing. */
export function kindOf(name: string): string {
  const ending = endingOf(name);
  return /^[a-z0-9]{1,5}$/.test(ending) ? ending.toUpperCase() : '';
}

export function iconOf({ media_type: type, name }: Pick<FileOut, 'media_type' | 'name'>) {
  if (type.startsWith('audio/')) return FileHeadphone;
  if (type.startsWith('video/')) return FilePlay;
  if (/^(zip|gz|tgz|7z|rar|tar)$/.test(endingOf(name))) return FileArchive;
  if (/^(csv|xlsx?|ods)$/.test(endingOf(name))) return FileSpreadsheet;
  return kindOf(name) ? FileText : File;
}

/** Whether it is here, and this browser can play it. */
export function plays(file: FileOut, as: 'audio' | 'video'): boolean {
  if (file.state !== 'here' || !file.media_type.startsWith(`${as}/`)) return false;
  return document.createElement(as).canPlayType(file.media_type) !== '';
}
