import { computed } from 'vue';
import { ArrowRightLeft, Building, Clock, KeyRound, ScrollText, UserRoundCog } from 'lucide-vue-next';
import { useI18n } from 'vue-i18n';
import type { RouteLocationNormalizedLoaded } from 'vue-router';
import { may } from '../session';
import { SECTIONS } from './resources';

type Here = RouteLocationNormalizedLoaded;

/** The pages of the settings by section: for their navigation, and to be found by name. */
export function useSections() {
  const { t } = useI18n();
  return computed(() => [
    {
      key: 'workspace',
      lines: [
        { key: 'workspace', icon: Building, title: t('settings.workspace.title'), lead: t('settings.workspace.lead'), ...page('settings-workspace') },
        ...(may('audit.read') ? [{ key: 'audit', icon: ScrollText, title: t('audit.title'), lead: t('audit.lead'), ...page('settings-audit') }] : []),
      ],
    },
    ...SECTIONS.map((section) => ({
      key: section.key,
      lines: [
        ...section.resources.map((resource) => ({
          key: resource.key,
          icon: resource.icon,
          title: t(`settings.${resource.key}.title`),
          lead: t(`settings.${resource.key}.lead`),
          to: { name: 'settings-list', params: { resource: resource.key } },
          isHere: (route: Here) => route.params.resource === resource.key,
        })),
        ...(section.key === 'service' ? [{ key: 'sessions', icon: ArrowRightLeft, title: t('sessions.title'), lead: t('sessions.lead'), ...page('settings-sessions') }] : []),
        ...(section.key === 'service' ? [{ key: 'hours', icon: Clock, title: t('hours.title'), lead: t('hours.lead'), ...page('settings-hours') }] : []),
      ],
    })),
    {
      key: 'you',
      lines: [
        { key: 'profile', icon: UserRoundCog, title: t('settings.profile.title'), lead: t('settings.profile.lead'), ...page('settings-profile') },
        { key: 'tokens', icon: KeyRound, title: t('settings.tokens.title'), lead: t('settings.tokens.lead'), ...page('settings-tokens') },
      ],
    },
  ]);
}

const page = (name: string) => ({ to: { name, params: {} }, isHere: (route: Here) => route.name === name });
