import { mount } from '@vue/test-utils';
import { expect, test } from 'vitest';
import UiPickList from './UiPickList.vue';

test('Enter that ends a Chinese word chooses nothing', async () => {
  const list = mount(UiPickList, {
    props: { label: 'Teams', placeholder: '', empty: '', picks: [{ id: 'one', label: 'One' }], modelValue: null },
  });
  const field = list.get('input');
  await field.trigger('keydown', { key: 'Enter', keyCode: 229 });
  await field.trigger('keydown', { key: 'Enter', isComposing: true });
  expect(list.emitted('update:modelValue')).toBeUndefined();
  await field.trigger('keydown', { key: 'Enter' });
  expect(list.emitted('update:modelValue')).toEqual([['one']]);
});
