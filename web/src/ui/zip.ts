// ZIP (APPNOTE 6.3.3), as far as workbooks need it: written compressed, read stored or deflated.
export type Entry = [name: string, content: string | Uint8Array<ArrayBuffer>];

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: GenericTransformStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const piped = new Blob([bytes])
    .stream()
    .pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

// Local headers with their data, then the directory.
export async function zipped(entries: Entry[], type: string): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const path = new TextEncoder().encode(name);
    const plain = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const data = await through(plain, new CompressionStream('deflate-raw'));
    const common = new DataView(new ArrayBuffer(26));
    [20, 0x0800, 8, 0, 0x21].forEach((value, i) => common.setUint16(i * 2, value, true));
    common.setUint32(10, crc32(plain), true);
    common.setUint32(14, data.length, true);
    common.setUint32(18, plain.length, true);
    common.setUint16(22, path.length, true);
    const head = new Uint8Array(common.buffer);
    pieces.push(new Uint8Array([0x50, 0x4b, 3, 4]), head, path, data);
    const entry = new DataView(new ArrayBuffer(16));
    entry.setUint32(12, offset, true);
    directory.push(
      new Uint8Array([0x50, 0x4b, 1, 2, 20, 0]),
      head.slice(0, 24),
      new Uint8Array(2),
      new Uint8Array(entry.buffer).slice(2),
      path,
    );
    offset += 30 + path.length + data.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new Blob([...pieces, ...directory, new Uint8Array(end.buffer)], { type });
}

// Entries in the order of the directory; throws where it is no archive that we can read.
export async function unzipped(bytes: ArrayBuffer): Promise<Entry[]> {
  const view = new DataView(bytes);
  let end = bytes.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error('not a ZIP');
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const method = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 20, true);
    const nameSize = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(new Uint8Array(bytes, at + 46, nameSize));
    const local = view.getUint32(at + 42, true);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const data = new Uint8Array(bytes.slice(from, from + size));
    if (method !== 0 && method !== 8) throw new Error('compressed in another way');
    entries.push([
      name,
      method === 0 ? data : await through(data, new DecompressionStream('deflate-raw')),
    ]);
    at += 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}
