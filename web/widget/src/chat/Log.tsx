import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { Shown } from '../parts';
import { Choices, Place, Rating, Teams } from './parts';
import { type Row, rows } from './rows';
import { useTalk } from './talk';
import { TurnView } from './TurnView';

export function Log({ shown, opens }: { shown: Shown; opens: string | null }): JSX.Element {
  const { config, say } = useTalk();
  const { conversation, turns } = shown;
  const log = useRef<HTMLDivElement>(null);
  const mine = turns.findLast((turn) => turn.mine)?.key;
  const name = shown.visitor?.name;
  const greeting = name && conversation?.state !== 'active' ? say('hello', { name }) : config.greeting;
  // What the workspace says first takes the place of the greeting.
  const isWelcomed = turns.find((turn) => !turn.message?.event)?.message?.by === 'system';
  const card = conversation?.rating;
  const asks = turns.findLast((turn) => turn.mine || turn.message?.by === 'agent')?.message?.choices;
  const isWaiting = conversation?.state === 'waiting' || conversation?.state === 'offered';

  // Who writes wants to see it, wherever the log stands; the end of a reversed column is 0.
  useLayoutEffect(() => {
    if (log.current) log.current.scrollTop = 0;
  }, [mine]);

  return (
    <div ref={log} class="log" role="log" aria-label={say('messages')} tabIndex={0}>
      <div>
        {!isWelcomed && greeting && <div class="b">{greeting}</div>}
        {rows(turns, new Date()).map((row) => (
          <Line key={row.key} row={row} />
        ))}
        {card && card.stars === null && Date.parse(card.expires_at) > Date.now() && <Rating asks={card} />}
        {conversation?.teams?.[0] && <Teams of={conversation.teams} />}
        {asks?.[0] && conversation?.state === 'active' && <Choices of={asks} />}
        {isWaiting && <Place position={opens === null ? conversation.queue_position : null} />}
        {shown.typing && (
          <p class="typing">
            <span class="vh">{say('typing', { name: shown.typing })}</span>
            <i />
            <i />
            <i />
          </p>
        )}
      </div>
    </div>
  );
}

function Line({ row }: { row: Row }): JSX.Element {
  const { day, say, time } = useTalk();
  switch (row.kind) {
    case 'day':
      return <p class="day">{day(row.at)}</p>;
    case 'by':
      return <p class="by">{say('byline', { name: row.name, time: time(row.at) })}</p>;
    case 'here':
      return <p class="sys">{say('here', { name: row.name })}</p>;
    case 'ended':
      return <p class="sys">{say('ended', { time: time(row.at) })}</p>;
    case 'turn':
      return <TurnView turn={row.turn} showsState={row.showsState} />;
  }
}
