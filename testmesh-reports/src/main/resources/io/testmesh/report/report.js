'use strict';
(() => {
  const SIGNS = {passed: '✓', failed: '✗', error: '!', cancelled: '■', skipped: '–', tolerated: '~', invalid: '!', empty: '–'};
  const STATUSES = ['failed', 'error', 'cancelled', 'skipped', 'passed'];
  const BATCH = 100;
  const PROBLEMS = 10;
  const LONGEST = 20000;

  // --- data

  /** A number that a script's own numbers would change, such as 1.0 or a long id. */
  class Exact {
    constructor(source) { this.source = source; }
  }

  const exact = (key, value, context) =>
    typeof value === 'number' && context && context.source && String(value) !== context.source
      ? new Exact(context.source) : value;

  const run = JSON.parse(document.getElementById('run').textContent, exact);
  const flows = run.flows;
  const chunks = new Map();

  function stepsOf(flow) {
    if (!chunks.has(flow.chunk)) {
      if (chunks.size > 20) chunks.delete(chunks.keys().next().value);
      chunks.set(flow.chunk, unpack(document.getElementById('chunk' + flow.chunk).textContent));
    }
    return chunks.get(flow.chunk).then(list => list[flow.place].steps);
  }

  async function unpack(base64) {
    const packed = atob(base64);
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return JSON.parse(await new Response(stream).text(), exact);
  }

  // --- small parts

  /** Makes an element. Texts become text nodes, never markup. */
  function make(tag, className, ...parts) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    for (const part of parts) if (part !== null && part !== undefined) element.append(part);
    return element;
  }

  function sign(status) {
    const mark = make('span', 'sign s-' + status, SIGNS[status]);
    mark.setAttribute('aria-hidden', 'true');
    return mark;
  }

  const unseen = text => make('span', 'unseen', text);
  const plural = (count, word) => count.toLocaleString('en') + ' ' + word + (count === 1 ? '' : 's');

  function duration(millis) {
    if (millis < 1000) return millis + ' ms';
    if (millis < 59950) return (Math.round(millis / 100) / 10).toFixed(1) + ' s';
    const seconds = Math.round(millis / 1000);
    return Math.floor(seconds / 60) + ' min ' + seconds % 60 + ' s';
  }

  function place(of) {
    if (!of.file) return '';
    return of.file + (of.line ? ':' + of.line + (of.column ? ':' + of.column : '') : '');
  }

  /** Calls render for each item, some at a time: the rest comes on demand. */
  function batches(items, into, render, size = BATCH) {
    let next = 0;
    const more = make('button', 'more');
    more.type = 'button';
    more.addEventListener('click', step);
    function step() {
      const from = next;
      const focused = document.activeElement === more;
      next = Math.min(items.length, next + size);
      more.remove();
      const page = document.createDocumentFragment();
      for (let i = from; i < next; i++) page.append(render(items[i], i));
      into.append(page);
      size = BATCH;
      if (focused) into.children[from].querySelector('button, pre')?.focus();
      if (next < items.length) {
        more.textContent = 'Show ' + Math.min(BATCH, items.length - next).toLocaleString('en') + ' of ' + (items.length - next).toLocaleString('en') + ' more';
        into.append(into.tagName === 'OL' ? make('li', '', more) : more);
      }
    }
    step();
  }

  // --- values

  function type(value) {
    if (value === null) return '';
    if (value instanceof Exact || typeof value === 'number') return 'number';
    if (Array.isArray(value)) return 'list of ' + value.length;
    return {string: 'text', boolean: 'boolean', object: 'map'}[typeof value];
  }

  /** JSON for people: what is short stays on one line. */
  function pretty(value, indent = '') {
    if (value instanceof Exact) return value.source;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    const list = Array.isArray(value);
    const keys = list ? null : Object.keys(value);
    const size = list ? value.length : keys.length;
    if (size === 0) return list ? '[]' : '{}';
    const deeper = indent + '  ';
    const parts = list
      ? value.map(item => pretty(item, deeper))
      : keys.map(key => JSON.stringify(key) + ': ' + pretty(value[key], deeper));
    const [open, close] = list ? '[]' : '{}';
    let length = indent.length + 2;
    for (const part of parts) length += part.length + 2;
    if (length <= 64 && !parts.some(part => part.includes('\n'))) return open + parts.join(', ') + close;
    return open + '\n' + deeper + parts.join(',\n' + deeper) + '\n' + indent + close;
  }

  const plain = value => typeof value === 'string' ? value : pretty(value);

  /** A text in a box; a very long one is cut until somebody wants the rest. */
  function box(text, className) {
    const pre = make('pre', className, text.length > LONGEST ? text.slice(0, LONGEST) : text);
    // Boxes scroll, so they can be reached with the keyboard.
    pre.tabIndex = 0;
    if (text.length <= LONGEST) return pre;
    const more = make('button', 'more', 'Show all ' + text.length.toLocaleString('en') + ' characters');
    more.type = 'button';
    more.addEventListener('click', () => { pre.textContent = text; more.remove(); });
    return make('div', '', pre, more);
  }

  function excerpt(lines) {
    if (!lines || lines.length === 0) return null;
    const pre = make('pre', 'source');
    pre.tabIndex = 0;
    lines.forEach((line, i) => {
      const marks = /^[ \d]*\|[ \t]*\^+[ \t]*$/.test(line);
      pre.append(i > 0 ? '\n' : '', marks ? make('span', 'hit', line) : line);
    });
    return pre;
  }

  function titled(title, ...parts) {
    return make('section', '', make('h4', '', title), ...parts);
  }

  /** A map: short values as a table, long ones in boxes below it. */
  function fields(map) {
    const short = make('dl', 'pair');
    const all = make('div', '', short);
    for (const key of Object.keys(map)) {
      const text = plain(map[key]);
      if (text.length <= 120 && !text.includes('\n')) {
        short.append(make('dt', '', key), make('dd', '', text));
      } else {
        all.append(make('h4', 'mono', key), box(text));
      }
    }
    if (!short.firstChild) short.remove();
    return all;
  }

  const filled = map => map && Object.keys(map).length > 0;

  // --- a step

  const sentence = message => message.split('\n', 1)[0];

  function cause(error, quiet) {
    const element = make('div', 'cause', make('span', 'code', error.code));
    const where = place(error);
    element.append(make('p', '', sentence(error.message)));
    if (error.hint) element.append(make('p', 'hint', error.hint));
    // What the message quotes below its first line, such as a statement with its error marked.
    const quoted = error.message.slice(sentence(error.message).length + 1);
    if (quoted) element.append(make('pre', 'source', quoted));
    if (where) element.append(make('p', 'place', where));
    const source = quiet ? null : excerpt(error.excerpt);
    if (source) element.append(source);
    if (error.stack_trace) {
      element.append(make('details', '', make('summary', '', 'Stack trace'), box(error.stack_trace)));
    }
    return element;
  }

  function assertion(of) {
    const element = make('li', 'assertion', sign(of.passed ? 'passed' : 'failed'));
    const text = make('p', '', unseen(of.passed ? 'holds: ' : 'does not hold: '),
      of.kind === 'assert' ? null : make('span', 'dim', of.kind + ' '), make('code', '', of.expression));
    if (of.line) text.append(make('span', 'dim line', 'line ' + of.line));
    element.append(text);
    for (const part of [of.message, of.problem]) {
      if (part) element.append(make('p', of.passed ? 'dim' : 's-failed', part));
    }
    if (of.hint) element.append(make('p', 'hint', of.hint));
    if (of.values.length > 0) {
      const table = make('table');
      for (const value of of.values) {
        const name = make('th', '', value.expression);
        name.scope = 'row';
        table.append(make('tr', '', name,
          make('td', '', cut(pretty(value.value)), ' ', make('span', 'type', type(value.value)))));
      }
      element.append(table);
    }
    if (of.difference) element.append(box(of.difference.join('\n')));
    if (!of.passed && of.excerpt) element.append(excerpt(of.excerpt));
    return element;
  }

  const cut = text => text.length > 2000 ? text.slice(0, 2000) + '… ' + (text.length - 2000) + ' characters more' : text;

  function attempts(list) {
    const element = make('ol');
    const said = (attempt, i) => {
      if (!attempt.error) return make('p');
      const again = i > 0 && list[i - 1].error && list[i - 1].error.message === attempt.error.message;
      return again ? make('p', 'dim', 'the same') : make('p', '', sentence(attempt.error.message));
    };
    batches(list, element, (attempt, i) => make('li', 'attempt', sign(attempt.status),
      make('span', '', 'Attempt ' + attempt.number, unseen(' ' + attempt.status)),
      make('span', 'time', duration(attempt.duration_ms)),
      said(attempt, i)));
    return titled('Attempts', element);
  }

  function logs(list) {
    const element = make('ol');
    batches(list, element, log => make('li', 'log', make('span', 'dim at', log.time ? log.time.slice(11, 23) : ''),
      make('span', {error: 's-failed', warning: 's-cancelled', warn: 's-cancelled'}[log.level] || 'dim', log.level),
      make('span', '', log.message)));
    return titled('Logs', element);
  }

  function exchange(step) {
    const two = make('div', 'two');
    const call = 'url' in step.config;
    const answered = call && 'status' in step.result;
    const {body, headers, ...rest} = step.result;
    if (filled(step.config)) {
      two.append(titled(call ? 'Request' : 'Configuration', fields(step.config)));
    }
    if (answered) {
      const {header_values, cookies, ...short} = rest;
      const answer = titled('Response', fields(filled(cookies) ? {...short, cookies} : short));
      if (filled(headers)) {
        answer.append(make('details', '', make('summary', '', plural(Object.keys(headers).length, 'header')), fields(headers)));
      }
      if (body !== null && body !== undefined && body !== '') answer.append(make('h4', 'mono', 'body'), box(plain(body)));
      two.append(answer);
    } else if (filled(step.result)) {
      two.append(titled('Result', fields(step.result)));
    }
    return two;
  }

  function detail(step, scale) {
    const element = make('div', 'detail');
    const failing = step.assertions.filter(one => !one.passed);
    // The assertions say it in full; the message of the step would say it once more.
    const said = step.error && step.error.code === 'assertion_failed' && failing.length > 0;
    if (step.skip_reason) element.append(make('p', 'dim', 'Skipped: ' + step.skip_reason));
    if (step.error && !said) element.append(cause(step.error));
    for (const other of (step.error && step.error.others) || []) element.append(cause(other));
    if (said && step.error.hint) element.append(make('p', 'hint', step.error.hint));
    const list = (title, of) => {
      if (of.length === 0) return;
      const items = make('ol', of[0].passed ? '' : 'wrong');
      batches(of, items, assertion);
      element.append(titled(title, items));
    };
    if (failing.length > 0) {
      list('Does not hold', failing);
      list('Holds', step.assertions.filter(one => one.passed));
    } else {
      list('Assertions', step.assertions);
    }
    if (step.attempts.length > 1) element.append(attempts(step.attempts));
    element.append(exchange(step));
    if (filled(step.outputs)) element.append(titled('Outputs', fields(step.outputs)));
    if (step.logs.length > 0) element.append(logs(step.logs));
    if (filled(step.metrics)) element.append(titled('Metrics', fields(step.metrics)));
    if (step.truncated) element.append(make('p', 'dim', 'Long values of this step were cut.'));
    if (!element.firstChild) element.append(make('p', 'dim', 'Nothing was recorded.'));
    if (step.steps.length === 0) return element;
    return make('div', '', element, nodes(step.steps, scale));
  }

  function target(step) {
    const config = step.config;
    if (config.url) return (config.method || 'GET') + ' ' + plain(config.url);
    for (const key of ['message', 'query', 'topic', 'command', 'condition', 'flow', 'name']) {
      if (typeof config[key] === 'string') return config[key];
    }
    return '';
  }

  function stepNode(step, scale) {
    const status = step.tolerated ? 'tolerated' : step.status;
    const button = make('button', '', sign(status));
    button.type = 'button';
    const name = make('span', '', step.name || step.id, unseen(', ' + step.status));
    if (step.tolerated) name.append(make('span', 'badge s-tolerated', 'tolerated'));
    if (step.attempts.length > 1) name.append(make('span', 'badge dim', step.attempts.length + ' attempts'));
    const lane = make('span', 'lane');
    if (step.started && step.status !== 'skipped') {
      const bar = make('i', 'f-' + status);
      const left = (Date.parse(step.started) - scale.start) / scale.length * 100;
      bar.style.left = Math.max(0, Math.min(99, left)) + '%';
      bar.style.width = Math.max(0, Math.min(100 - left, step.duration_ms / scale.length * 100)) + '%';
      lane.append(bar);
    }
    lane.setAttribute('aria-hidden', 'true');
    const short = target(step);
    button.append(name, make('span', 'what', step.action + (short ? '  ' + short.slice(0, 200) : '')), lane,
      make('span', 'time', step.status === 'skipped' ? 'skipped' : duration(step.duration_ms)));
    const element = make('li', 'step', button);
    expands(button, element, () => detail(step, scale));
    if (!step.tolerated && ['failed', 'error'].includes(step.status)) button.click();
    return element;
  }

  function groupNode(group, scale) {
    const status = group.tolerated ? 'tolerated' : group.status;
    const title = group.id === undefined ? 'Round ' + group.index : 'Branch ' + group.id;
    return make('li', '', make('p', 'group', sign(status), ' ' + title, unseen(', ' + group.status),
      group.tolerated ? make('span', 'badge s-tolerated', 'tolerated') : null), nodes(group.steps, scale));
  }

  function nodes(list, scale) {
    const element = make('ol', 'steps');
    batches(list, element, node => 'action' in node ? stepNode(node, scale) : groupNode(node, scale));
    return element;
  }

  /** Lets a button show and hide what is made when it is first wanted. */
  function expands(button, into, render) {
    let body = null;
    button.setAttribute('aria-expanded', 'false');
    button.addEventListener('click', () => {
      const open = button.getAttribute('aria-expanded') !== 'true';
      button.setAttribute('aria-expanded', String(open));
      if (open && !body) {
        body = render();
        into.append(body);
      }
      body.hidden = !open;
    });
  }

  // --- a flow

  function scaleOf(steps, millis) {
    let start = Infinity;
    let end = 0;
    for (const step of steps) {
      if (step.started) {
        start = Math.min(start, Date.parse(step.started));
        end = Math.max(end, Date.parse(step.started) + step.duration_ms);
      }
    }
    return {start, length: Math.max(1, end - start, start === Infinity ? millis : 0)};
  }

  function flowBody(flow) {
    const element = make('div', 'body');
    element.setAttribute('role', 'region');
    element.setAttribute('aria-label', 'Steps of ' + flow.name);
    if (flow.row) element.append(titled('Data row', fields(flow.row)));
    if (flow.error && !flow.error.step) element.append(cause(flow.error));
    for (const warning of flow.warnings || []) element.append(problem(warning));
    const waiting = make('p', 'dim', 'Opening …');
    element.append(waiting);
    stepsOf(flow).then(steps => {
      const scale = scaleOf(steps, flow.duration_ms);
      const phases = new Map();
      for (const step of steps) {
        if (!phases.has(step.phase)) phases.set(step.phase, []);
        phases.get(step.phase).push(step);
      }
      for (const [phase, list] of phases) {
        if (phases.size > 1) element.append(make('p', 'phase', phase));
        element.append(nodes(list, scale));
      }
      if (steps.length === 0) element.append(make('p', 'dim', 'No step ran.'));
      waiting.remove();
    }).catch(error => {
      waiting.textContent = typeof DecompressionStream === 'undefined'
        ? 'This browser is too old to show steps: Chrome 103, Firefox 113 or Safari 16.4 can.'
        : 'The steps cannot be read: ' + error;
    });
    return element;
  }

  function flowNode(flow) {
    const name = make('span', 'name', flow.name, unseen(', ' + flow.status));
    if (flow.row) {
      name.append(make('span', 'row', Object.entries(flow.row).map(([key, value]) => key + '=' + plain(value)).join('  ').slice(0, 120)));
    }
    for (const tag of flow.tags) name.append(make('span', 'tag', tag));
    if (flow.tolerated > 0) name.append(make('span', 'badge s-tolerated', flow.tolerated + ' tolerated'));
    const button = make('button', '', sign(flow.status), name, make('span', 'place', place(flow)),
      make('span', 'time', duration(flow.duration_ms)));
    button.type = 'button';
    if (flow.error) button.append(make('span', 'why s-' + flow.status + (flow.error.step ? ' in-step' : ''), (flow.error.step ? flow.error.step + ': ' : '') + sentence(flow.error.message)));
    const element = make('li', 'flow', make('h3', '', button));
    element.id = 'flow-' + flow.index;
    expands(button, element, () => flowBody(flow));
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-expanded') === 'true') history.replaceState(null, '', '#' + element.id);
    });
    return element;
  }

  // --- the page

  function problem(of) {
    return make('div', 'problem ' + of.severity, make('p', 'place', place(of)),
      make('p', '', unseen(of.severity + ': '), of.message),
      of.hint ? make('p', 'hint', of.hint) : null, excerpt(of.excerpt));
  }

  function showProblems() {
    if (run.problems.length === 0) return;
    const section = document.getElementById('problems');
    const errors = run.problems.filter(one => one.severity === 'error');
    const warnings = run.problems.length - errors.length;
    const title = make('h2', '', [errors.length > 0 ? plural(errors.length, 'problem') : '', warnings > 0 ? plural(warnings, 'warning') : '']
      .filter(Boolean).join(' and ') + ' found before the run');
    title.id = 'problems-title';
    section.append(title);
    const sorted = errors.concat(run.problems.filter(one => one.severity !== 'error'));
    batches(sorted, section, problem, PROBLEMS);
    section.hidden = false;
  }

  function headline() {
    const sum = run.summary;
    if (run.status === 'invalid' && sum.flows === 0) return 'Nothing ran: not every file is valid';
    if (run.status === 'empty' && sum.flows === 0) return 'Nothing was selected';
    if (sum.flows === 0) return run.status === 'passed' ? 'Nothing to run, nothing wrong' : 'No flow ran: ' + run.status;
    const parts = STATUSES.filter(status => status !== 'passed' && sum[status] > 0)
      .map(status => sum[status].toLocaleString('en') + ' ' + (status === 'error' ? 'could not be run' : status));
    if (parts.length === 0) return sum.flows === 1 ? 'The flow passed' : 'All ' + plural(sum.flows, 'flow') + ' passed';
    return plural(sum.flows, 'flow') + ': ' + parts.join(', ') + (sum.passed > 0 ? ', ' + sum.passed.toLocaleString('en') + ' passed' : '');
  }

  function showHead() {
    const sum = run.summary;
    const title = document.getElementById('headline');
    const text = headline();
    title.replaceChildren(sign(run.status), ' ' + text);
    title.firstChild.className = 's-' + (run.status === 'invalid' ? 'failed' : run.status);
    document.title = (SIGNS[run.status] || '') + ' ' + text + ' – TestMesh';
    const facts = [duration(run.duration_ms), plural(sum.steps, 'step')];
    if (run.started) facts.unshift(run.started.slice(0, 10) + ' ' + run.started.slice(11, 19) + ' UTC');
    if (sum.steps_skipped > 0) facts.push(sum.steps_skipped + ' skipped');
    if (sum.tolerated > 0) facts.push(plural(sum.tolerated, 'tolerated failure'));
    if (run.seed !== undefined) facts.push('seed ' + plain(run.seed));
    document.getElementById('facts').append(...facts.map(fact => make('span', '', fact)));
    const share = document.getElementById('share');
    for (const status of STATUSES) {
      if (sum[status] > 0) {
        const part = make('i', 'f-' + status);
        part.style.flex = sum[status] + ' 0 0';
        share.append(part);
      }
    }
    document.getElementById('end').append('TestMesh ' + run.testmesh + (run.notes ? ' · ' + run.notes.join(' · ') : ''));
  }

  const order = flow => STATUSES.indexOf(flow.status) < 3 ? STATUSES.indexOf(flow.status) : 3;
  const sorted = flows.map((flow, at) => [flow, at])
    .sort(([one, first], [other, second]) => order(one) - order(other) || first - second).map(([flow]) => flow);
  for (const flow of flows) {
    flow.find = [flow.name, place(flow), flow.tags.join(' '), flow.words.join(' '), flow.row ? pretty(flow.row) : '',
      flow.error ? flow.error.code + ' ' + flow.error.message : ''].join('\n').toLowerCase();
  }

  const list = document.getElementById('list');
  const text = document.getElementById('text');
  let wanted = 'all';

  function show() {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = sorted.filter(flow =>
      (wanted === 'all' || (wanted === 'tolerated' ? flow.tolerated > 0 : flow.status === wanted))
      && words.every(word => flow.find.includes(word)));
    list.replaceChildren();
    batches(found, list, flowNode);
    document.getElementById('shown').textContent =
      found.length === flows.length ? plural(flows.length, 'flow') : found.length.toLocaleString('en') + ' of ' + plural(flows.length, 'flow');
    return found;
  }

  function choose(status) {
    wanted = status;
    for (const button of document.getElementById('statuses').children) {
      button.setAttribute('aria-pressed', String(button.value === status));
    }
    show();
  }

  function showTools() {
    const group = document.getElementById('statuses');
    const counts = {all: flows.length, tolerated: flows.filter(flow => flow.tolerated > 0).length};
    for (const flow of flows) counts[flow.status] = (counts[flow.status] || 0) + 1;
    for (const status of ['all', ...STATUSES, 'tolerated']) {
      if (!counts[status] && status !== 'all') continue;
      const button = make('button', '', status[0].toUpperCase() + status.slice(1), make('b', '', counts[status].toLocaleString('en')));
      button.type = 'button';
      button.value = status;
      button.addEventListener('click', () => choose(wanted === status ? 'all' : status));
      group.append(button);
    }
    text.addEventListener('input', show);
    document.addEventListener('keydown', event => {
      if (event.key === '/' && event.target !== text && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        text.focus();
      } else if (event.key === 'Escape' && event.target === text && text.value !== '') {
        text.value = '';
        show();
      } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && event.target.matches('.flow button, .step > button')) {
        const buttons = [...list.querySelectorAll('.flow > h3 > button, .step > button')].filter(one => one.offsetParent);
        const next = buttons[buttons.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)];
        if (next) {
          event.preventDefault();
          next.focus();
        }
      }
    });
  }

  showHead();
  showProblems();
  if (flows.length > 0) {
    document.getElementById('flows').hidden = false;
    showTools();
    choose('all');
    const linked = /^#flow-(\d+)$/.exec(location.hash);
    const opened = linked ? flows.find(flow => flow.index === Number(linked[1])) : null;
    if (opened && !document.getElementById('flow-' + opened.index)) {
      list.prepend(flowNode(opened));
    }
    const first = opened || (order(sorted[0]) < 2 ? sorted[0] : null);
    if (first) {
      const element = document.getElementById('flow-' + first.index);
      element.querySelector('button').click();
      if (opened) element.scrollIntoView();
    }
  }
  performance.mark('usable');
  document.documentElement.dataset.ready = 'true';
})();
