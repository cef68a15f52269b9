// Beside every built file that is worth it a .br and a .gz, which the server sends to whom accepts
// them. index.html is not one of them: the server writes the nonce of the answer into it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = new URL('../../build/web', import.meta.url).pathname;
const compressible = /\.(js|css|svg|json|webmanifest)$/;
const sizes = { plain: 0, br: 0, gz: 0 };
for (const name of readdirSync(folder, { recursive: true })) {
  if (!compressible.test(name)) continue;
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const br = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gz = gzipSync(bytes, { level: 9 });
  if (br.length > bytes.length * 0.95) continue;
  writeFileSync(`${path}.br`, br);
  writeFileSync(`${path}.gz`, gz);
  sizes.plain += bytes.length;
  sizes.br += br.length;
  sizes.gz += gz.length;
}
console.log(`web: ${sizes.plain} bytes, br ${sizes.br}, gzip ${sizes.gz}`);
