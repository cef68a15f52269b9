// What leaves the house, over a network: a receiver of posts and one of mail on the loopback, under
// TLS with a certificate of their own, and a server that is killed while a message is on its way.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import tls from 'node:tls';
import { after, before, describe, test } from 'node:test';
import { Installation, psql, stores, until } from './harness.mjs';

const secret = 'a secret of some length';

function certificate(folder) {
  const done = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    join(folder, 'tls.key'),
    '-out',
    join(folder, 'tls.pem'),
  ]);
  assert.equal(done.status, 0, String(done.stderr));
  return {
    key: readFileSync(join(folder, 'tls.key')),
    cert: readFileSync(join(folder, 'tls.pem')),
  };
}

const listening = (server) =>
  new Promise((resolve) => {
    server.listen(0, 'localhost', () => resolve(server.address().port));
  });

// Takes posts; `answer` decides what becomes of each: a status, or nothing for no answer at all.
class Hook {
  constructor(pair) {
    this.posts = [];
    this.answer = () => 200;
    this.server = https.createServer(pair, (request, response) => {
      let body = '';
      request.on('data', (bytes) => (body += bytes));
      request.on('end', async () => {
        this.posts.push({ headers: request.headers, body });
        const status = await this.answer(this.posts.length);
        if (status) response.writeHead(status, { location: 'https://localhost:1/' }).end('{}');
      });
    });
  }
}

// Takes mail, one connection a mail, as much of SMTP as a client of submission speaks.
class MailHost {
  constructor(pair) {
    this.mails = [];
    this.refuse = false;
    this.server = tls.createServer(pair, (socket) => {
      let data = null;
      let rest = '';
      const mail = {};
      const say = (line) => socket.write(`${line}\r\n`);
      const hear = (line) => {
        if (data !== null) {
          if (line !== '.') return (data += `${line}\r\n`);
          this.mails.push({ ...mail, text: data });
          data = null;
          return say('250 kept');
        }
        const word = line.slice(0, 4).toUpperCase();
        if (word === 'EHLO') return say('250 localhost');
        if (word === 'MAIL') mail.from = line;
        if (word === 'RCPT') {
          mail.to = line;
          if (this.refuse) return say('550 nobody here');
        }
        if (word === 'DATA') {
          data = '';
          return say('354 go on');
        }
        say(word === 'QUIT' ? '221 bye' : '250 well');
        if (word === 'QUIT') socket.end();
      };
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        rest += bytes;
        for (let end; (end = rest.indexOf('\r\n')) >= 0;) {
          const line = rest.slice(0, end);
          rest = rest.slice(end + 2);
          hear(line);
        }
      });
      say('220 localhost');
    });
  }

  body(n) {
    const { text } = this.mails[n];
    return Buffer.from(text.slice(text.indexOf('\r\n\r\n')), 'base64').toString();
  }
}

for (const store of stores) {
  describe(`the outbox on ${store}`, () => {
    let installation, server, admin, hook, host, setup;
    const keys = () => hook.posts.map((one) => one.headers['idempotency-key']);
    const serve = () => installation.serve({ words: ['--outbox', setup] });
    const ask = (method, path, body, token = admin) =>
      server.request(method, `/api/v1${path}`, { token, body });
    const letters = async (state) => {
      const reply = await ask('GET', `/outbox${state ? `?state=${state}` : ''}`);
      assert.equal(reply.status, 200, JSON.stringify(reply.body));
      return reply.body.items;
    };
    const sendTest = async (channel) => {
      const reply = await ask('POST', '/outbox/tests', { channel });
      assert.equal(reply.status, 202, JSON.stringify(reply.body));
      return reply.body.id;
    };
    const settled = (id) =>
      until(
        `${id} is settled`,
        async () => {
          const one = (await letters()).find((letter) => letter.id === id);
          return one.state !== 'waiting' && one;
        },
        30,
      );

    before(async () => {
      installation = new Installation(store).prepare();
      admin = installation.account('admin', 'system_admin');
      const folder = join(installation.folder, 'setup');
      mkdirSync(folder);
      const pair = certificate(folder);
      hook = new Hook(pair);
      host = new MailHost(pair);
      const ports = [await listening(hook.server), await listening(host.server)];
      writeFileSync(join(folder, 'hook'), `${secret}\n`);
      writeFileSync(join(folder, 'key'), `${'0f'.repeat(32)}\n`);
      setup = join(folder, 'outbox.json');
      writeFileSync(
        setup,
        JSON.stringify({
          link: 'https://huilu.example',
          key_file: 'key',
          tries: 4,
          retry_seconds: 1,
          timeout_seconds: 2,
          mail: {
            url: `smtps://localhost:${ports[1]}`,
            from: 'huilu@huilu.example',
            ca_file: 'tls.pem',
          },
          webhook: {
            url: `https://localhost:${ports[0]}/in`,
            secret_file: 'hook',
            ca_file: 'tls.pem',
          },
        }),
      );
      server = await serve();
    });
    after(async () => {
      await installation.close();
      hook.server.closeAllConnections();
      hook.server.close();
      host.server.close();
    });

    test('a post arrives once, signed, and says nothing of anybody', async () => {
      const id = await sendTest('webhook');
      const letter = await settled(id);
      assert.equal(letter.state, 'delivered');
      assert.deepEqual(keys(), [`huilu-${id}`]);
      const { headers, body } = hook.posts[0];
      const [, seconds, sum] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['huilu-signature']);
      const expected = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
      assert.equal(sum, expected);
      assert.ok(Math.abs(Number(seconds) - Date.now() / 1000) < 60);
      assert.deepEqual(Object.keys(JSON.parse(body)), [
        'id',
        'kind',
        'to',
        'things',
        'nearest',
        'text',
        'link',
      ]);
      assert.ok(!/admin(?!istrator)|secretary|东村/.test(body), body);
    });

    test('a server killed before it heard the answer sends again under the same key', async () => {
      hook.posts.length = 0;
      let ended;
      hook.answer = (count) => {
        if (count > 1) return 200;
        ended = server.kill('SIGKILL');
        return null; // the receiver has it, and nobody is there to hear so
      };
      const id = await sendTest('webhook');
      await until('the server is killed', () => ended, 20);
      await ended;
      server = await serve();
      const letter = await settled(id);
      assert.equal(letter.state, 'delivered');
      assert.deepEqual(keys(), [`huilu-${id}`, `huilu-${id}`]);
      hook.answer = () => 200;
      assert.equal((await letters('waiting')).length, 0);
    });

    test('what fails is tried again; what is refused, or leads elsewhere, is not', async () => {
      hook.posts.length = 0;
      hook.answer = (count) => (count === 1 ? 503 : 200);
      const failed = await settled(await sendTest('webhook'));
      assert.deepEqual([failed.state, failed.tries], ['delivered', 2]);
      for (const status of [410, 307]) {
        hook.posts.length = 0;
        hook.answer = () => status;
        const refused = await settled(await sendTest('webhook'));
        assert.deepEqual([refused.state, refused.reason], ['dead', `http_${status}`]);
        assert.equal(hook.posts.length, 1);
      }
      hook.answer = () => 200;
      const dead = (await letters('dead'))[0];
      const retried = await ask('POST', `/outbox/${dead.id}/retry`, { reason: '接收方已恢复' });
      assert.equal(retried.status, 200, JSON.stringify(retried.body));
      assert.equal((await settled(dead.id)).state, 'delivered');
      assert.equal(new Set(keys()).size, 1);
    });

    test('an address is confirmed by a code that is sent to it, and then has mail', async () => {
      const chosen = await ask('POST', '/me/delivery', {
        version: 0,
        channel: 'mail',
        digest: true,
        address: 'admin@huilu.example',
      });
      assert.equal(chosen.status, 200, JSON.stringify(chosen.body));
      await until('the code has come', () => host.mails.length === 1, 20);
      assert.match(host.mails[0].to, /<admin@huilu\.example>/);
      const code = /\d{8}/.exec(host.body(0))[0];
      const confirmed = await ask('POST', '/me/delivery/confirmation', { version: 1, code });
      assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
      const id = await sendTest('mail');
      assert.equal((await settled(id)).state, 'delivered');
      assert.match(host.mails[1].text, new RegExp(`Message-ID: <huilu-${id}@huilu\\.example>`));
      host.refuse = true;
      const refused = await settled(await sendTest('mail'));
      assert.deepEqual([refused.state, refused.reason], ['dead', 'smtp_550']);
    });

    test('neither address nor secret is in the log, the journal or the database', async () => {
      const metrics = (await server.get('/metrics')).body;
      assert.match(metrics, /huilu_outbox_delivered_total [1-9]/);
      assert.match(metrics, /huilu_outbox_dead \d/);
      const forbidden = ['admin@huilu.example', secret, '0f0f0f0f'];
      await server.kill('SIGTERM');
      const kept =
        store === 'postgres'
          ? psql(installation.url, 'select * from opening; select * from delivery_choice')
          : readFileSync(join(installation.data, 'huilu.db')).toString('latin1');
      for (const word of forbidden) {
        assert.ok(!server.log.includes(word), server.log);
        assert.ok(!kept.includes(word), word);
      }
      installation.run(['verify']);
    });

    test('a setup with faults does not start, and says all of them', () => {
      const bad = join(installation.folder, 'setup', 'bad.json');
      writeFileSync(bad, JSON.stringify({ link: 'x', webhook: { url: 'http://10.0.0.1' } }));
      assert.throws(
        () => installation.run(['serve', '--listen', '127.0.0.1:0', '--outbox', bad]),
        (error) =>
          ['/link', '/webhook/url', '/webhook/secret_file'].every((where) =>
            error.message.includes(`${bad}: ${where}: `),
          ) && error.message.includes('exit 2'),
      );
    });
  });
}
