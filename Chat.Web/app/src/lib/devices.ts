const browsers: readonly [RegExp, string][] = [[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/Chrom(e|ium)\//, 'Chrome'], [/Safari\//, 'Safari']];
const systems: readonly [RegExp, string][] = [
  [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'macOS'], [/Linux/, 'Linux'],
];

/** What a client said it is, in a few words: "Firefox on Windows". */
export function deviceName(client: string): string {
  const browser = browsers.find(([sign]) => sign.test(client))?.[1];
  const system = systems.find(([sign]) => sign.test(client))?.[1];
  if (browser === undefined) return client === '' ? 'Unknown device' : client;
  return system === undefined ? browser : `${browser} on ${system}`;
}
