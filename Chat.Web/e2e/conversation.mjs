/** What is said in the pictures: [who, what, which line it answers]. Names are those of the cast. */
export const cast = ['Mira Lindqvist', 'Jonas Weber', 'Priya Nair', 'Tomás Ferreira'];

/** Enough that the room has pages to scroll back through. */
export const earlier = Array.from({ length: 130 }, (_, i) => {
  const lines = [
    'The staging deploy is through, all checks green.',
    'Looking at the search results page now.',
    'Could somebody review the invoice export? It is a small one.',
    'On it.',
    'Merged. Thanks!',
    'The nightly import took 4 minutes instead of 11 since the index.',
    'I moved the design notes to the wiki.',
    'Lunch at half past twelve?',
    'Count me in.',
    'The customer in Porto confirmed, we can start on Thursday.',
    'Two tickets left in this milestone.',
    'Updated the screenshots in the handbook.',
    'I see the same on Firefox, so it is not the browser.',
  ];
  return [(i * 7 + Math.floor(i / 3)) % cast.length, i === 0 ? 'First things first: hello, team!' : lines[i % lines.length]];
});

export const lately = [
  [0, 'Good morning! Release 2.4 is cut. Notes are here: https://example.org/releases/2.4'],
  [0, 'Please have a last look at the upgrade section before noon.'],
  [2, 'Reading it now. The part about backups is much clearer, thank you.'],
  [1, 'One question: do we still support upgrading straight from 2.1?'],
  [3, 'Yes, I ran it on a copy of the Lisbon data last night.\nTook 40 seconds for 2 million rows, nothing lost.', 3],
  [1, 'Perfect, then I will say so in the notes.'],
  [2, 'Then everything on my list is done.'],
  [0, 'Who is on call this weekend?', null],
  [3, 'Me, from Friday 18:00. Jonas takes over on Sunday.'],
  [1, 'Confirmed. I also put the dashboard on the wall: https://example.org/status'],
  [2, 'Could we try the new keyboard shortcuts in the demo? They make a difference when you triage a long list, and everybody asked for them last time.'],
  [0, 'Good idea, let us do that first.', 10],
];
