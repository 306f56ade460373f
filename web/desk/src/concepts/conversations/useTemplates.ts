import { computed, ref, watch, type Ref } from 'vue';
import { api } from '../../api/client';
import type { FileOut, Template, TemplatesOut } from '../../api/types';
import { useProblemText } from '../../ui';
import { refusalOf } from './attaching';

/** Words of a template, or what stands in one of its places. */
export interface Piece {
  text: string;
  place: string | null;
}

const PLACE = /\{\{\s*([\w.]+)\s*\}\}/;
/** What no provider takes in a place. */
const UNSENDABLE = /\s+/g;
export const ACCEPT = { image: 'image/jpeg,image/png', video: 'video/mp4,video/3gpp', document: '.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt' };

export function piecesOf(text: string, values: Readonly<Record<string, string>>): Piece[] {
  const parts = text.split(PLACE).map((part, at) => (at % 2 ? { text: values[part] || `{{${part}}}`, place: part } : { text: part, place: null }));
  return parts.filter((part) => part.text);
}

export const isSendable = (one: Template) => one.state === 'approved' && !one.beyond;
export const keyOf = (one: Template) => `${one.language} ${one.name}`;

/** What a place is of: the text, its header, the link of a button, the code that one copies. */
export function placeOf(place: string, template: Template): { of: 'text' | 'header' | 'url' | 'code'; name: string } {
  const [of, name] = place.split('.');
  if (name === undefined) return { of: 'text', name: place };
  return of === 'header' ? { of, name } : { of: of as 'url' | 'code', name: template.buttons?.[Number(name)]?.text ?? name };
}

/** Choosing one of a channel's templates, none where there is no channel, and filling it: its places, and the file at its head. */
export function useTemplates(channelId: Ref<string>) {
  const problemText = useProblemText();
  const known = ref<readonly Template[]>([]);
  const asking = ref(true);
  const problem = ref('');
  const chosen = ref<string | null>(null);
  const values = ref<Record<string, string>>({});
  const file = ref<FileOut | null>(null);
  const uploading = ref(false);

  watch(channelId, begin, { immediate: true });
  async function begin(id: string): Promise<void> {
    [known.value, chosen.value, problem.value, asking.value] = [[], null, '', true];
    if (!id) return;
    try {
      const { items } = await api.get<TemplatesOut>(`/api/channels/${id}/templates`);
      if (id === channelId.value) known.value = items.filter(isSendable);
    } catch (error) {
      problem.value = problemText(error);
    } finally {
      asking.value = false;
    }
  }

  const template = computed(() => known.value.find((one) => keyOf(one) === chosen.value) ?? null);
  watch(template, (one) => {
    values.value = Object.fromEntries((one?.places ?? []).map((place) => [place, '']));
    [file.value, problem.value] = [null, ''];
  });
  const given = computed(() => Object.fromEntries(Object.entries(values.value).map(([place, value]) => [place, value.trim().replace(UNSENDABLE, place.startsWith('url.') ? '' : ' ')])));
  const pieces = computed(() => piecesOf(template.value?.text ?? '', given.value));
  const isFilled = computed(() => Object.values(given.value).every(Boolean) && (!template.value?.head || file.value !== null));
  const ready = computed(() => template.value !== null && isFilled.value && !uploading.value);

  async function attach(picked: File | undefined): Promise<void> {
    if (!picked) return;
    const one = template.value;
    [file.value, problem.value, uploading.value] = [null, '', true];
    try {
      const refusal = refusalOf(picked);
      if (refusal) throw refusal;
      const stored = await api.upload(picked, () => {}, new AbortController().signal);
      if (one === template.value) file.value = stored;
    } catch (error) {
      problem.value = problemText(error);
    } finally {
      uploading.value = false;
    }
  }

  /** What goes out; nothing while something is missing. */
  const said = computed(() => {
    const one = template.value;
    if (!one || !ready.value) return null;
    const text = pieces.value.map((piece) => piece.text).join('');
    return { text, files: file.value ? [file.value] : [], template: { name: one.name, language: one.language, values: given.value } };
  });
  return { known, asking, problem, chosen, template, values, file, uploading, attach, given, pieces, ready, said };
}
