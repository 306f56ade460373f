import { useI18n } from 'vue-i18n';
import type { Failure } from '../../api/types';
import { useWhy } from './why';

/** Why something did not arrive: what we know of the reason, or else of the kind of failure, and the provider's own words. */
export function useFailures() {
  const { t, te } = useI18n();
  const why = useWhy();
  return ({ kind, reason = '', detail }: Failure): string => {
    const key = [`messages.reasons.${reason}.is`, `messages.failureKinds.${kind}`].find((one) => te(one));
    const known = key ? t(key) : kind;
    return detail ? t('messages.failureDetail', { known, detail: why(detail) }) : known;
  };
}
