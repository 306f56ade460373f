import { defineAsyncComponent, shallowRef } from 'vue';
import type * as List from './list';

/** Both come when they are first asked for: most answers have no emoji. */
export const EmojiPicker = defineAsyncComponent(() => import('./EmojiPicker.vue'));

const list = shallowRef<typeof List>();
let asked = false;

/** The list once it is here; whoever reads it is told when it comes. */
export function emojiList(): typeof List | undefined {
  if (!asked) {
    asked = true;
    import('./list').then(
      (module) => (list.value = module),
      () => (asked = false),
    );
  }
  return list.value;
}
