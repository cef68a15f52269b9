// How the pages feel on a slow machine and line: Chromium at a quarter of this processor's speed
// and a line of 1.6 Mbit/s with 150 ms there and back. First paint, largest paint and bytes of the
// page that each of two people opens first; and what a heat table of 60 columns and 500 rows costs
// while it is scrolled, with the server's own answer made as large as that. And figures
// of a day that is over.
import { Demo } from '../tests/browser/demo.mjs';

const line = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 94_000,
};
const slowness = 4;

const watchPaints = () => {
  window.paints = {};
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.paints[entry.name] = entry.startTime;
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.paints.largest = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
};

async function slowed(visitor) {
  const client = await visitor.context.newCDPSession(visitor.page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', line);
  await client.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  return client;
}

async function firstPage(demo, note, account, size) {
  const visitor = await demo.arrive(account, { size });
  await visitor.context.addInitScript(watchPaints);
  const client = await slowed(visitor);
  let bytes = 0;
  client.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await visitor.open('/home');
  const paints = await visitor.page.evaluate(() => window.paints);
  const name = `pages, first page of ${account} on a ${size}`;
  const how = `Chromium, 1.6 Mbit/s, 150 ms, processor / ${slowness}`;
  note(`${name}: first paint`, Math.round(paints['first-contentful-paint']), 'ms', how);
  note(`${name}: largest paint`, Math.round(paints.largest), 'ms', how);
  note(`${name}: as sent`, Math.round(bytes / 1000), 'KB', how);
  await visitor.close();
}

// The answer for the district's children, with as many columns and rows as wanted.
function enlarged(table, columns, rows) {
  const from = Array.from({ length: columns }, (_, i) => i % table.columns.length);
  const column = (k, i) => ({ ...table.columns[k], obligation: `bench/duty_${i}` });
  const cells = (row) => from.map((k) => row.cells[k]);
  const busy = table.rows.filter((row) => row.cells.some((cell) => cell?.due > 0));
  return {
    ...table,
    columns: from.map(column),
    total: { ...table.total, cells: cells(table.total) },
    rows: Array.from({ length: rows }, (_, i) => {
      const row = busy[i % busy.length];
      return { node: { ...row.node, id: `u${100_000 + i}` }, cells: cells(row) };
    }),
  };
}

async function scrolling(demo, note) {
  const visitor = await demo.arrive('office');
  const { page } = visitor;
  await page.route('**/children/standing*', async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, json: enlarged(await reply.json(), 60, 500) });
  });
  await visitor.open('/standing');
  const client = await visitor.context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  const seen = await page.evaluate(async () => {
    const tasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    }).observe({ type: 'longtask' });
    const heat = document.querySelector('.heat');
    const frames = [];
    for (let i = 0, last = performance.now(); i < 240; i += 1) {
      heat.scrollTop += 60;
      heat.scrollLeft += i % 2 ? 30 : 0;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      frames.push(performance.now() - last);
      last = performance.now();
    }
    frames.sort((a, b) => a - b);
    return { tasks, frame: frames[Math.floor(frames.length * 0.95)], rows: heat.ariaRowCount };
  });
  const how = `240 steps over 60 × 500 cells, processor / ${slowness}`;
  note('pages, scrolling: tasks over 50 ms', seen.tasks.length, 'tasks', how);
  note('pages, scrolling: the longest', Math.round(Math.max(0, ...seen.tasks)), 'ms', how);
  note('pages, scrolling: 95 of 100 frames within', Math.round(seen.frame), 'ms', how);
  if (Number(seen.rows) < 500) throw new Error(`only ${seen.rows} rows`);
  await visitor.close();
}

// Nobody keeps figures of the past: each bearer of the district is judged anew, from the tables.
async function anotherDay(demo, note) {
  const visitor = await demo.arrive('office');
  await visitor.open('/standing');
  const day = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const took = await visitor.page.evaluate(async (on) => {
    const me = await (await fetch('/api/v1/me')).json();
    const begin = performance.now();
    const reply = await fetch(`/api/v1/units/${me.grants[0].unit}/standing?on=${on}`);
    if (!reply.ok) throw new Error(`${reply.status}`);
    await reply.json();
    return performance.now() - begin;
  }, day);
  note('the demo\'s district a month ago', Math.round(took), 'ms', 'GET /units/ID/standing?on=DAY');
  await visitor.close();
}

export async function pages(note, seen) {
  const demo = await Demo.start();
  try {
    seen();
    await firstPage(demo, note, 'secretary', 'phone');
    await firstPage(demo, note, 'office', 'desktop');
    await scrolling(demo, note);
    await anotherDay(demo, note);
  } finally {
    await demo.close();
  }
}
