'use strict';
// The plugin {{id}}: an HTTP server on the port that TestMesh gives it. No packages needed.
const http = require('http');

const ID = '{{id}}';
const VERSION = '0.1.0';

/** Fails the step with a code and a message of yours. */
class Failure extends Error {
  constructor(code, message, details = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

// ---------------------------------------------------------------- your actions

async function hello(config, context, log) {
  if (typeof config.name !== 'string') {
    throw new Failure('INVALID_CONFIG', 'name has to be a text');
  }
  log('info', `greeting ${config.name}`);
  return { greeting: `Hello, ${config.name}!` };
}

const ACTIONS = {
  [`${ID}.hello`]: {
    run: hello,
    name: 'Say hello',
    description: 'Greets somebody',
    // Each step's config is held against this JSON Schema before anything is sent.
    schema: {
      type: 'object',
      properties: { name: { type: 'string', description: 'who is greeted' } },
      required: ['name'],
    },
  },
};

// ---------------------------------------------------------------- the protocol

function info() {
  const actions = Object.entries(ACTIONS).map(([id, { name, description, schema }]) => ({
    id, name, description, schema,
  }));
  return { id: ID, name: '{{name}}', version: VERSION, description: 'Says hello', actions };
}

function failed(code, message, details = {}, logs = []) {
  return { success: false, output: {}, error: { code, message, details }, logs };
}

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Gives status and answer; whatever goes wrong is an answer too. */
async function execute(body) {
  let request;
  try {
    request = JSON.parse(body);
  } catch (error) {
    return [400, failed('INVALID_REQUEST', `the request is no JSON: ${error.message}`)];
  }
  if (!isObject(request)) {
    return [400, failed('INVALID_REQUEST', 'the request is no object')];
  }
  const { action, config = {}, context = {} } = request;
  if (typeof action !== 'string' || !Object.hasOwn(ACTIONS, action)) {
    return [400, failed('UNKNOWN_ACTION', `unknown action: ${action}`)];
  }
  if (!isObject(config) || !isObject(context)) {
    return [400, failed('INVALID_REQUEST', 'config and context have to be objects')];
  }
  const logs = [];
  const log = (level, message) =>
    logs.push({ level, message, timestamp: new Date().toISOString() });
  const started = Date.now();
  try {
    const output = await ACTIONS[action].run(config, context, log);
    return [200, { success: true, output, logs, metrics: { duration_ms: Date.now() - started } }];
  } catch (error) {
    if (error instanceof Failure) {
      return [200, failed(error.code, error.message, error.details, logs)];
    }
    console.error(error); // a bug of the action fails the step, the plugin goes on
    return [200, failed('INTERNAL', String(error), {}, logs)];
  }
}

const server = http.createServer((request, response) => {
  const answer = (status, data, done) => {
    const body = Buffer.from(JSON.stringify(data));
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': body.length,
      Connection: 'close',
    });
    response.end(body, done);
  };
  const route = `${request.method} ${request.url}`;
  if (route === 'GET /health') {
    answer(200, { status: 'healthy', version: VERSION, uptime_seconds: Math.floor(process.uptime()) });
  } else if (route === 'GET /info') {
    answer(200, info());
  } else if (route === 'POST /execute') {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('error', () => {}); // the caller went away
    request.on('end', async () => answer(...(await execute(Buffer.concat(parts).toString('utf8')))));
  } else if (route === 'POST /shutdown') {
    answer(200, { message: 'shutting down' }, () => process.exit(0));
  } else {
    answer(404, { error: 'not found' });
  }
});

const port = Number(process.env.PLUGIN_PORT);
server.listen(port, '127.0.0.1', () => console.log(`${ID} listening on port ${port}`));
