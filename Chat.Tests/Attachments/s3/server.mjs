// node server.mjs <folder>: an S3 with the bucket "files" in the folder, key and secret S3RVER. Prints its port.
// s3rver takes any signature of version 4, so each is checked here first, as it came over the wire.
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import S3rver from 's3rver';

const [keyId, secret] = ['S3RVER', 'S3RVER'];
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

function isSigned({ method, url, headers }) {
  const parts = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/([^/]+)\/s3\/aws4_request),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '');
  if (!parts || parts[1] !== keyId) return false;
  const [, , scope, region, names, signature] = parts;
  for (const needed of ['host', 'x-amz-content-sha256', 'x-amz-date']) if (!names.split(';').includes(needed)) return false;
  const [path, query = ''] = url.split('?');
  const lines = names.split(';').map((name) => `${name}:${headers[name]}`);
  const canonical = [method, path, query, ...lines, '', names, headers['x-amz-content-sha256']].join('\n');
  const [day] = scope.split('/');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 's3'), 'aws4_request');
  const wanted = hmac(key, ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')).toString('hex');
  return wanted === signature && Math.abs(Date.now() - Date.parse(headers['x-amz-date'].replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'))) < 900_000;
}

const s3 = new S3rver({ silent: true, directory: process.argv[2], configureBuckets: [{ name: 'files' }] });
await s3.configureBuckets();
const answer = s3.callback();
const server = createServer((request, response) => {
  if (isSigned(request)) answer(request, response);
  else response.writeHead(403).end('SignatureDoesNotMatch');
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
// Ends with whoever started it.
process.stdin.resume();
process.stdin.on('end', () => process.exit());
