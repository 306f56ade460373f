import { computed, type Component } from 'vue';
import {
  ArrowRightLeft, BookOpenCheck, Building, Building2, CircleCheck, Clock, Coffee, KeyRound, MessageSquare, MessageSquareText, ScrollText, ShieldAlert, ShieldCheck, Tag,
  User, UserRoundCog, Users,
} from 'lucide-vue-next';
import { useI18n } from 'vue-i18n';
import type { RouteLocationNormalizedLoaded } from 'vue-router';
import type { Permission } from '../../api/types';
import { may } from '../session';
import { LISTS } from './routes';

/** The pages of the settings by section, in the order of the navigation. Here without what is behind them: they are found by name from everywhere. */
const SECTIONS: readonly { key: string; pages: Record<string, Component> }[] = [
  { key: 'workspace', pages: { workspace: Building, audit: ScrollText } },
  {
    key: 'service',
    pages: {
      channels: MessageSquare,
      categories: Tag,
      owners: Building2,
      results: CircleCheck,
      reasons: BookOpenCheck,
      canned: MessageSquareText,
      quarantine: ShieldAlert,
      sessions: ArrowRightLeft,
      hours: Clock,
    },
  },
  { key: 'people', pages: { agents: User, teams: Users, roles: ShieldCheck, breaks: Coffee } },
  { key: 'you', pages: { profile: UserRoundCog, tokens: KeyRound } },
];
const NEEDS: Partial<Record<string, Permission>> = { audit: 'audit.read', quarantine: 'settings.manage' };

export const iconOf = (page: string): Component | undefined => SECTIONS.find(({ pages }) => pages[page])?.pages[page];

const mayOpen = (page: string) => !NEEDS[page] || may(NEEDS[page]);
const placeOf = (page: string) =>
  LISTS.includes(page) ? { name: 'settings-list', params: { resource: page } } : { name: `settings-${page}`, params: {} };
const isAt = (page: string, { name, params }: RouteLocationNormalizedLoaded) => params.resource === page || name === `settings-${page}`;

/** For their navigation, and to be found by name. */
export function useSections() {
  const { t } = useI18n();
  return computed(() =>
    SECTIONS.map(({ key, pages }) => ({
      key,
      lines: Object.entries(pages)
        .filter(([page]) => mayOpen(page))
        .map(([page, icon]) => ({
          key: page,
          icon,
          title: t(`settings.${page}.title`),
          to: placeOf(page),
          isHere: (route: RouteLocationNormalizedLoaded) => isAt(page, route),
        })),
    })),
  );
}
