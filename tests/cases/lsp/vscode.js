// What VS Code speaks with, its own libraries: a wrong tag is typed, its message is read, the fix is taken, a concept is renamed,
// all is undone. Prints what is seen. The arguments are the folder of the libraries, the program and the site's folder.

const [modules, program, site] = process.argv.slice(2);
const { createRequire } = require('module');
const library = createRequire(modules + '/node_modules/x.js');
const rpc = library('vscode-languageserver-protocol/node');
const { TextDocument } = library('vscode-languageserver-textdocument');
const { URI } = library('vscode-uri');
const { spawn } = require('child_process');
const fs = require('fs');

const say = (...words) => console.log(words.join(' '));
const patience = setTimeout(() => { say('waited in vain'); process.exit(1); }, 30000);

async function main() {
  const server = spawn(program, ['lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = rpc.createProtocolConnection(
    new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
  const published = [];
  let heard = () => {};
  connection.onNotification(rpc.PublishDiagnosticsNotification.type, params => { published.push(params); heard(); });
  connection.listen();
  const folder = URI.file(site).toString();
  const { capabilities } = await connection.sendRequest(rpc.InitializeRequest.type, {
    processId: process.pid,
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: 'site' }],
    capabilities: {
      general: { positionEncodings: ['utf-16'] },
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] } },
      textDocument: { rename: { prepareSupport: true }, publishDiagnostics: { versionSupport: true } },
    },
  });
  say('columns:', capabilities.positionEncoding);
  await connection.sendNotification(rpc.InitializedNotification.type, {});

  const uri = URI.file(site + '/content/essays/a.md').toString();
  let document = TextDocument.create(uri, 'markdown', 1, fs.readFileSync(site + '/content/essays/a.md', 'utf8'));
  const history = [document.getText()];
  await connection.sendNotification(rpc.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'markdown', version: 1, text: document.getText() },
  });
  // One change of the text, told as VS Code tells it: from the last place to the first, in one notification.
  const change = async edits => {
    const sorted = [...edits].sort((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start));
    const contentChanges = sorted.map(({ range, newText }) => ({ range, text: newText }));
    const version = document.version + 1;
    TextDocument.update(document, contentChanges, version);
    history.push(document.getText());
    await connection.sendNotification(rpc.DidChangeTextDocumentNotification.type,
      { textDocument: { uri, version }, contentChanges });
    for (;;) {
      const last = published.filter(params => params.uri === uri && params.version === version).pop();
      if (last) return last.diagnostics;
      await new Promise(resolve => { heard = resolve; });
    }
  };
  const line = n => document.getText().split('\n')[n];
  const at = (word, column = 1) => {
    const position = document.positionAt(document.getText().indexOf(word));
    return { line: position.line, character: position.character + column };
  };

  const place = at('lag]', 3);
  const [fault] = await change([{ range: { start: place, end: place }, newText: 'g' }]);
  say('message:', fault.code, fault.message.replace('\n', ' | '));

  const actions = await connection.sendRequest(rpc.CodeActionRequest.type,
    { textDocument: { uri }, range: fault.range, context: { diagnostics: [fault], only: ['quickfix'] } });
  const fix = actions.find(action => action.isPreferred);
  say('offered:', fix.title);
  const of = edit => edit.documentChanges.filter(change => change.edits && change.textDocument.uri === uri);
  const left = await change(of(fix.edit)[0].edits);
  say('fixed:', line(3), '| messages:', left.length);

  const position = at('gizmo]');
  const prepared = await connection.sendRequest(rpc.PrepareRenameRequest.type, { textDocument: { uri }, position });
  say('to be renamed:', prepared.placeholder);
  const renamed = await connection.sendRequest(rpc.RenameRequest.type, { textDocument: { uri }, position, newName: 'widget' });
  for (const change of renamed.documentChanges) {
    const name = uri => decodeURIComponent(uri).replace(decodeURIComponent(folder) + '/', '');
    say('changes:', change.kind === 'rename' ? `${name(change.oldUri)} -> ${name(change.newUri)}` : name(change.textDocument.uri));
  }
  await change(of(renamed)[0].edits);
  say('renamed:', line(4));
  say('text:', line(7));

  // One step back is the text before the name was changed.
  const whole = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
  await change([{ range: whole, newText: history[history.length - 2] }]);
  say('undone:', line(4));
  await connection.sendRequest(rpc.ShutdownRequest.type);
  await connection.sendNotification(rpc.ExitNotification.type);
  server.on('exit', code => { say('exit code:', code); clearTimeout(patience); process.exit(0); });
}

main().catch(error => { say('problem:', error.message); process.exit(1); });
