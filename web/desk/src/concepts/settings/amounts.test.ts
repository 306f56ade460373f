import { mount } from '@vue/test-utils';
import { createI18n } from 'vue-i18n';
import { expect, test } from 'vitest';
import en from '../../locales/en.pages';
import { bytesOf } from './amounts';
import BytesField from './BytesField.vue';

test.each([
  ['', null],
  [' 5 ', 5e9],
  ['0.5', 5e8],
  ['.5', 5e8],
  ['1,000', 1e12],
  ['abc', undefined],
  ['-5', undefined],
  ['500 MB', undefined],
  ['1,5', undefined],
])('"%s" gigabytes are %s bytes', (given, expected) => {
  expect(bytesOf(given)).toBe(expected);
});

test('what is no amount changes nothing, and says so, until it is mended', async () => {
  const i18n = createI18n({ legacy: false, locale: 'en', messages: { en } });
  const field = mount(BytesField, { props: { label: 'Space', modelValue: 5e9 }, global: { plugins: [i18n] } });
  const input = field.get('input');
  await input.setValue('abc');
  await input.trigger('change');
  expect(field.emitted('update:modelValue')).toBeUndefined();
  expect(field.text()).toContain('Write a number of gigabytes');
  expect(input.element.value).toBe('abc');
  await input.setValue('6');
  await input.trigger('change');
  expect(field.emitted('update:modelValue')).toEqual([[6e9]]);
  expect(field.text()).not.toContain('Write a number of gigabytes');
});
