import { useI18n } from 'vue-i18n';
import { pool } from '../../live/entities';
import { useFormat } from '../../ui';
import type { FieldName, RecordFields } from './fields';

/** What stands in a field, as one reads it. */
export function useFieldText(): (name: FieldName, value: RecordFields[FieldName]) => string {
  const { t } = useI18n();
  const format = useFormat();
  return (name, value) => {
    if (value === null || value.length === 0) return t('records.form.nothing');
    if (Array.isArray(value)) return format.list(value.map((id) => pool.reason.get(id)?.label ?? '…'));
    if (name === 'result_id') return pool.result.get(value)?.label ?? '…';
    if (name === 'contact_id') return pool.contact.get(value)?.name ?? '…';
    return value;
  };
}
