// Shares a file, for the tests of the server: node files.mjs <server> <token> <roomId>
// Prints one line of JSON. Runs against ../dist.
import { addressOf, ChatError, fetchAttachment, fetchThumbnail, upload } from '../dist/index.js';

const [server, token, roomId] = process.argv.slice(2);
const access = { server, accessToken: () => token };
const bytes = new Uint8Array(100_000).map((_, index) => index);
const told = [];
const attachment = await upload(access, roomId, new File([bytes], 'naïve 你.bin'), { onProgress: (sent, total) => told.push([sent, total]) });
const back = new Uint8Array(await (await fetchAttachment(access, attachment.id)).arrayBuffer());
const code = (error) => (error instanceof ChatError ? error.code : `${error}`);
const missing = await fetchThumbnail(access, attachment.id).catch(code);
const stranger = await upload(access, crypto.randomUUID(), new Blob([bytes])).catch(code);
const { url, release } = addressOf(new Blob([bytes]));
release();
const isSame = back.length === bytes.length && back.every((byte, index) => byte === bytes[index]);
process.stdout.write(`${JSON.stringify({ attachment, isSame, missing, stranger, told, url: url.split(':')[0] })}\n`);
