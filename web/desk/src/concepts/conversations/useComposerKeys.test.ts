import { mount } from '@vue/test-utils';
import { expect, test } from 'vitest';
import { defineComponent, h, ref } from 'vue';
import { handleKey } from '../../ui/commands';
import { useComposerKeys } from './useComposerKeys';
import { writingOf } from './writings';

test('what passes the guard goes out by its keys only while the guard stands', () => {
  const sent: (boolean | undefined)[] = [];
  const guarded = ref(false);
  const field = ref<HTMLTextAreaElement>();
  const send = (anyway?: boolean) => void sent.push(anyway);
  const page = mount(
    defineComponent({
      setup() {
        useComposerKeys({ field, writing: ref(writingOf('c')), mayReply: () => true, mayNote: () => true, guarded: () => guarded.value, send });
        return () => h('textarea', { ref: field });
      },
    }),
    { attachTo: document.body },
  );
  field.value?.focus();
  const press = () => handleKey(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, shiftKey: true }));
  press();
  expect(sent).toEqual([]);
  guarded.value = true;
  press();
  expect(sent).toEqual([true]);
  page.unmount();
});
