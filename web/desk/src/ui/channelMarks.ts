import { createLucideIcon, Mail, MessageSquare, Phone, Plug } from 'lucide-vue-next';
import type { Component } from 'vue';

const path = (d: string): ['path', { d: string }] => ['path', { d }];
const dot = (cx: number, cy: number, r = 1.1): ['circle', Record<string, string>] => ['circle', { cx: `${cx}`, cy: `${cy}`, r: `${r}`, fill: 'currentColor', stroke: 'none' }];

const Line = createLucideIcon('channel-line', [path('M12 3.5c5 0 9 3.1 9 7 0 4.3-5.3 7.7-9 10v-3.1c-5 0-9-3-9-6.9s4-7 9-7zM9.8 7.8v5.2h4.4')]);
const WhatsApp = createLucideIcon('channel-whatsapp', [
  path('M3.8 20.2l1.3-4.3A8.4 8.4 0 1 1 8.2 19zM9.2 8.6c0 3.4 2.8 6.2 6.2 6.2l0.6-1.8-2-1-1 1c-1-0.4-1.7-1.1-2.1-2.1l1-1-1-2z'),
]);
const Telegram = createLucideIcon('channel-telegram', [path('M20.5 4.2L3.3 11l5.4 2.2M20.5 4.2l-3 15.3-8.8-6.3 11.8-9M8.7 13.2v5.6l3-3.4')]);
const Messenger = createLucideIcon('channel-messenger', [
  path('M12 3.5c5 0 8.8 3.5 8.8 8s-3.8 8-8.8 8c-1 0-2-0.1-2.8-0.4L6 20.7v-3.1c-1.7-1.5-2.8-3.6-2.8-6.1 0-4.5 3.8-8 8.8-8zM7.3 13.2l3.2-3.2 2.7 2.2 3.5-3'),
]);
const Instagram = createLucideIcon('channel-instagram', [
  ['rect', { x: '4', y: '4', width: '16', height: '16', rx: '4.5' }],
  ['circle', { cx: '12', cy: '12', r: '3.6' }],
  dot(16.6, 7.4, 1),
]);
const Sms = createLucideIcon('channel-sms', [
  path('M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v9.5A1.5 1.5 0 0 1 19 17H8.5l-5 4V6A1.5 1.5 0 0 1 5 4.5z'),
  dot(8.3, 10.8),
  dot(12, 10.8),
  dot(15.7, 10.8),
]);

const MARKS: Record<string, Component> = {
  webchat: MessageSquare,
  email: Mail,
  phone: Phone,
  line: Line,
  whatsapp: WhatsApp,
  telegram: Telegram,
  messenger: Messenger,
  instagram: Instagram,
  sms: Sms,
  api: Plug,
};

/** A channel of a kind that is not known yet looks like a chat. */
export const markOf = (kind: string): Component => MARKS[kind] ?? MessageSquare;
