/** An emoji and the words by which it is found. */
export interface Emoji {
  readonly emoji: string;
  readonly words: string;
}

export interface EmojiGroup {
  readonly name: string;
  readonly all: readonly Emoji[];
}

const smileys = `😀 grinning smile happy|😃 smiley happy|😄 smile joy|😁 beaming grin|😆 laughing squint|😅 sweat smile relief|🤣 rolling laugh rofl|😂 tears joy laugh lol|🙂 slight smile|🙃 upside down|🫠 melting|😉 wink|😊 blush smile|😇 angel innocent|🥰 hearts love|😍 heart eyes love|🤩 star struck wow|😘 kiss|😋 yum tasty|😛 tongue|😜 wink tongue crazy|🤪 zany crazy|🤗 hug|🤭 giggle oops|🤫 quiet shush|🤔 thinking hmm|🫡 salute yes sir|🤐 zipper mouth secret|🤨 eyebrow doubt|😐 neutral|😑 expressionless|😶 no mouth silent|😏 smirk|😒 unamused|🙄 eye roll|😬 grimace awkward|😌 relieved|😔 pensive sad|😪 sleepy|😴 sleeping zzz tired|😷 mask ill|🤒 fever ill|🤕 hurt bandage|🤢 sick nausea|🤮 vomit|🤧 sneeze cold|🥵 hot|🥶 cold freezing|🥴 woozy|😵 dizzy|🤯 mind blown exploding|🤠 cowboy|🥳 party celebrate|😎 cool sunglasses|🤓 nerd|🧐 monocle inspect|😕 confused|😟 worried|🙁 frown sad|😮 surprised open mouth|😲 astonished wow|😳 flushed|🥺 pleading please|😦 frown|😧 anguished|😨 fear scared|😰 anxious sweat|😥 sad relieved|😢 cry sad tear|😭 sob cry|😱 scream fear|😖 confounded|😣 persevere|😞 disappointed|😓 sweat|😩 weary|😫 tired|🥱 yawn bored|😤 huff triumph|😡 angry rage|😠 angry|🤬 swearing|😈 devil|💀 skull dead|💩 poo|🤡 clown|👻 ghost|👽 alien|🤖 robot bot|🎃 pumpkin halloween`;
const hands = `👍 thumbs up yes ok good +1 like|👎 thumbs down no bad -1|👌 ok perfect|🤌 pinched|✌️ victory peace|🤞 fingers crossed luck|🫰 snap|🤟 love you|🤘 rock|🤙 call me|👈 left|👉 right|👆 up|👇 down|☝️ one point|✋ stop hand|🖐️ hand five|👋 wave hello bye|🤚 back of hand|🖖 vulcan|👏 clap bravo applause|🙌 raised hands hooray|🫶 heart hands|👐 open hands|🤲 palms|🤝 handshake deal|🙏 thanks please pray|✍️ writing|💪 strong muscle|👀 eyes look see|👁️ eye|🧠 brain smart|🗣️ speaking|👤 person|👥 people team|🙋 raise hand question me|🤷 shrug dunno|🤦 facepalm|🙅 no not ok|🙆 ok|💁 info|🏃 run|🚶 walk|💃 dance|🧑‍💻 developer computer|🕵️ detective`;
const hearts = `❤️ heart love red|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|🤍 white heart|💔 broken heart|❣️ heart exclamation|💕 two hearts|💖 sparkling heart|💯 hundred perfect|💢 anger|💥 boom collision|💫 dizzy star|💦 drops|💤 sleep zzz|✨ sparkles new shiny|⭐ star|🌟 glowing star|🔥 fire hot lit|🎉 party tada celebrate congratulations|🎊 confetti|🎈 balloon|🎁 gift present|🏆 trophy win|🥇 gold first|🥈 silver second|🥉 bronze third|🏅 medal|🎯 target goal|👑 crown`;
const signs = `✅ check done yes|☑️ checked|✔️ check|❌ cross no wrong|❎ cross|❓ question|❗ exclamation important|‼️ double exclamation|⚠️ warning|🚫 forbidden no|⛔ stop|🛑 stop|♻️ recycle|🔴 red|🟠 orange|🟡 yellow|🟢 green|🔵 blue|🟣 purple|⚫ black|⚪ white|➕ plus|➖ minus|🆗 ok|🆕 new|🆘 help sos|🔝 top|🔜 soon|⬆️ up|⬇️ down|➡️ right|⬅️ left|🔄 again repeat|⏸️ pause|▶️ play|⏹️ stop|🔔 bell|🔕 mute bell|💬 speech comment|💭 thought|📣 megaphone announce|ℹ️ info|🔞 eighteen`;
const things = `🚀 rocket ship launch release|💡 idea bulb|🔧 wrench fix|🔨 hammer build|🛠️ tools|⚙️ gear settings|🐛 bug|🧪 test|🔬 science|🔍 search|🔒 lock|🔓 unlock|🔑 key|📌 pin|📍 place|📎 paperclip|✂️ scissors cut|📝 note memo|📅 calendar date|📆 calendar|🗓️ calendar|⏰ alarm clock|⏳ hourglass wait|⌛ time up|🕐 clock|📈 chart up growth|📉 chart down|📊 chart|📋 clipboard|📁 folder|📂 folder open|🗑️ trash delete|📦 package box|📬 mailbox|✉️ mail letter|📧 email|📞 phone call|📱 mobile|💻 laptop|🖥️ computer|⌨️ keyboard|🖨️ printer|💾 save disk|📷 camera|🎥 film|🎧 headphones|🎤 microphone|🎵 music|🎶 music notes|🎸 guitar|📚 books|📖 book read|💰 money|💸 money fly|💳 card|🧾 receipt|🛒 cart shopping|🏠 home house|🏢 office|🏥 hospital|🏫 school|🚗 car|🚌 bus|🚆 train|✈️ plane flight|🚲 bike|🛟 lifebuoy help|🗺️ map|🧭 compass|🩹 patch bandage`;
const nature = `🐶 dog|🐱 cat|🐭 mouse|🐰 rabbit|🦊 fox|🐻 bear|🐼 panda|🐨 koala|🐯 tiger|🦁 lion|🐮 cow|🐷 pig|🐸 frog|🐵 monkey|🙈 see no evil monkey|🙉 hear no evil monkey|🙊 speak no evil monkey|🐔 chicken|🐧 penguin|🐦 bird|🦆 duck|🦉 owl|🦄 unicorn|🐝 bee|🦋 butterfly|🐢 turtle|🐍 snake|🐙 octopus|🐬 dolphin|🐳 whale|🦕 dinosaur|🌱 seedling|🌲 tree|🍀 clover luck|🌹 rose|🌻 sunflower|🌸 blossom|🌞 sun|🌙 moon|☀️ sun sunny|⛅ cloud|🌧️ rain|⛈️ storm|❄️ snow|🌈 rainbow|🌊 wave|🌍 earth world`;
const food = `☕ coffee|🍵 tea|🍺 beer|🍻 cheers beer|🥂 cheers toast|🍷 wine|🍸 cocktail|🥤 drink|🍎 apple|🍌 banana|🍓 strawberry|🍉 melon|🍋 lemon|🥑 avocado|🍅 tomato|🌶️ chili hot|🥕 carrot|🍞 bread|🥐 croissant|🧀 cheese|🍳 egg|🍔 burger|🍟 fries|🍕 pizza|🌮 taco|🥗 salad|🍜 noodles|🍣 sushi|🍰 cake|🎂 birthday cake|🍪 cookie|🍫 chocolate|🍩 donut|🍦 ice cream|🍿 popcorn`;

const read = (list: string): readonly Emoji[] =>
  list.split('|').map((entry) => {
    const space = entry.indexOf(' ');
    return { emoji: entry.slice(0, space), words: entry.slice(space + 1) };
  });

export const emojiGroups: readonly EmojiGroup[] = [
  { name: 'Smileys', all: read(smileys) },
  { name: 'People', all: read(hands) },
  { name: 'Hearts and parties', all: read(hearts) },
  { name: 'Signs', all: read(signs) },
  { name: 'Things', all: read(things) },
  { name: 'Nature', all: read(nature) },
  { name: 'Food', all: read(food) },
];

/** Those of which some word begins so, or that are it. */
export function findEmoji(search: string): readonly Emoji[] {
  const wanted = search.trim().toLowerCase();
  return emojiGroups.flatMap(({ all }) => all).filter(({ emoji, words }) => emoji === wanted || words.split(' ').some((word) => word.startsWith(wanted)));
}

const key = 'chat.emoji';
const usual = ['👍', '❤️', '😂', '🎉', '👀', '✅', '🙏', '🚀'];

/** Those used last on this browser, filled up with the usual ones. */
export function recentEmoji(most = 16): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    const used = Array.isArray(kept) ? kept.filter((each): each is string => typeof each === 'string') : [];
    return [...new Set([...used, ...usual])].slice(0, most);
  } catch {
    return usual;
  }
}

export function usedEmoji(emoji: string): void {
  try {
    localStorage.setItem(key, JSON.stringify([...new Set([emoji, ...recentEmoji()])].slice(0, 16)));
  } catch {
    // The usual ones are offered then.
  }
}
