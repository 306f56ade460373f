import type { Shown, Turn } from '../parts';
import type { TalkValue } from './talk';

function who(turn: Turn, { config, say }: TalkValue): string {
  return turn.mine ? say('you') : turn.message?.name || config.brand;
}

function line(turn: Turn, talk: TalkValue): string {
  const { say, time } = talk;
  const event = turn.message?.event;
  if (event?.name === 'assigned') return say('here', { name: event.agent_name ?? '' });
  if (event?.name === 'closed') return say('ended', { time: time(turn.at) });
  const files = turn.message?.files ?? turn.entry?.files ?? [];
  const said = [turn.message?.text ?? turn.entry?.text ?? '', ...files.map((file) => `[${file.name}]`)].filter(Boolean);
  return `${say('byline', { name: who(turn, talk), time: time(turn.at) })}\n${said.join('\n')}`;
}

/** The whole conversation as a text, as it stands in the window. */
export function transcript(talk: TalkValue, { turns }: Shown): string {
  const parts = [talk.config.brand];
  let day = '';
  for (const turn of turns) {
    const on = talk.day(turn.at);
    if (on !== day) parts.push(`– ${on} –`);
    day = on;
    parts.push(line(turn, talk));
  }
  return `${parts.join('\n\n')}\n`;
}

/** Made in this browser: nothing is sent anywhere for it. */
export function save(talk: TalkValue, shown: Shown): void {
  const text = new Blob(['\ufeff', transcript(talk, shown)], { type: 'text/plain;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(text);
  const day = (shown.turns[0]?.at ?? '').slice(0, 10);
  link.download = `${talk.say('saveName')}-${day}.txt`;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 60_000);
}
