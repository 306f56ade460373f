/** What people really use in such a chat, by kind; the first of each stands for it. */
const KINDS = [
  '🙂😀😄😁😅😂🤣😊😇😉😍🥰😘😋😜🤗🤭🤫🤔🤨😐😏🙄😬😌😴😷🤒🥵🥶😵🤯🥳😎🤓🧐😕😟🙁😮😯😳🥺😢😭😤😠😡🤬😱😰😓😞😔',
  '👍👎👌🤝👏🙌🙏💪👋🤞🤙👉👈👆👇🖐✋🤷🤦🙋🙇🏃👀👂',
  '💛💚💙💜🧡🖤🤍💔💯💥💫💬💤',
  '🐶🐱🐭🐰🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🦆🦉🐴🦄🐝🦋🐢🐍🐙🐬🐳🌲🌵🌷🌹🌻🍀🍁🌞🌙⭐🔥🌈⛄🌊',
  '🍎🍊🍋🍌🍉🍇🍓🍒🍑🥭🍍🥥🥝🍅🥑🥦🌽🥕🥔🍞🥐🧀🍳🥓🍔🍟🍕🌭🥪🌮🍝🍜🍣🍱🍙🍚🍰🎂🍪🍫🍿☕🍵🧋🍺🍷',
  '📦🚚🚗🚕🚌🚲🛵🚆🛫🚀🏠🏢🏥🏦🏪🏫⛺🏔🏖🎁🎉🎈🏆⚽🏀🎾🎒👟👕👖🧥👜💍🕶📱💻🖥🖨📷🔋🔌💡🔦🔧🔨🔑🔒📅📌📎📝📄📧📞💳💰🧾🛒',
  '✅❌❓❗⚠⛔🚫♻🔄🔔🔕➕➖⬆⬇➡⬅🆗🆕🆓🔴🟡🟢🔵⚪⚫1️⃣2️⃣3️⃣',
];

const whole = new Intl.Segmenter('en', { granularity: 'grapheme' });

export const GROUPS: readonly (readonly string[])[] = KINDS.map((kind) => [...whole.segment(kind)].map(({ segment }) => segment));
