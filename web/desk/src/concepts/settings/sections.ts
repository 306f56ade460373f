import { computed } from 'vue';
import { Building, KeyRound, UserRoundCog } from 'lucide-vue-next';
import { useI18n } from 'vue-i18n';
import type { RouteLocationNormalizedLoaded } from 'vue-router';
import { SECTIONS } from './resources';

type Here = RouteLocationNormalizedLoaded;

/** The pages of the settings by section: for their navigation, and to be found by name. */
export function useSections() {
  const { t } = useI18n();
  return computed(() => [
    {
      key: 'workspace',
      lines: [{ key: 'workspace', icon: Building, title: t('settings.workspace.title'), ...page('settings-workspace') }],
    },
    ...SECTIONS.map((section) => ({
      key: section.key,
      lines: section.resources.map((resource) => ({
        key: resource.key,
        icon: resource.icon,
        title: t(`settings.${resource.key}.title`),
        to: { name: 'settings-list', params: { resource: resource.key } },
        isHere: (route: Here) => route.params.resource === resource.key,
      })),
    })),
    {
      key: 'you',
      lines: [
        { key: 'profile', icon: UserRoundCog, title: t('settings.profile.title'), ...page('settings-profile') },
        { key: 'tokens', icon: KeyRound, title: t('settings.tokens.title'), ...page('settings-tokens') },
      ],
    },
  ]);
}

const page = (name: string) => ({ to: { name, params: {} }, isHere: (route: Here) => route.name === name });
