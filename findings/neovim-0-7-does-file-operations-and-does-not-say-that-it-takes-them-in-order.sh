#!/usr/bin/env bash
# Neovim 0.7.2 (Debian 12, package neovim), seen 2026-11-30.
#
# Expected: a client that renames and creates files for a server says so with `resourceOperations` and with `documentChanges`,
# since file operations stand nowhere else than in `documentChanges` (Language Server Protocol 3.17, WorkspaceEdit and
# WorkspaceEditClientCapabilities: without that capability only `changes` is understood).
#
# What it does: its capabilities name the three operations and leave `documentChanges` out, though it does take them: an edit
# in order, with a file that is renamed, is done. A server that goes by the capabilities never renames a file for it.
#
# Seen:
#   workspaceEdit: resourceOperations
#   renamed: true
#
# What helps: whoever names an operation is taken to understand changes in order.
set -euo pipefail
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
cd "$dir"
# The packages of Debian 12, unpacked here and not installed.
apt-get -qq download neovim=0.7.2-7 neovim-runtime=0.7.2-7 libluajit-5.1-2 libmsgpackc2 libtermkey1 libtree-sitter0 libunibilium4 \
    libuv1 libvterm0 lua-luv
for package in ./*.deb; do dpkg -x "$package" root; done
LD_LIBRARY_PATH="$(find "$PWD/root/usr/lib" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)"
export LD_LIBRARY_PATH VIMRUNTIME="$PWD/root/usr/share/nvim/runtime"
nvim="$PWD/root/usr/bin/nvim"

echo "one" > a.md
cat > look.lua <<'LUA'
local edits = vim.lsp.protocol.make_client_capabilities().workspace.workspaceEdit
local keys = vim.tbl_keys(edits)
table.sort(keys)
local at = function(name) return vim.uri_from_fname(vim.fn.getcwd() .. '/' .. name) end
vim.lsp.util.apply_workspace_edit(
  { documentChanges = { { kind = 'rename', oldUri = at('a.md'), newUri = at('b.md') } } }, 'utf-16')
local renamed = vim.fn.filereadable('b.md') == 1 and vim.fn.filereadable('a.md') == 0
io.stdout:write('workspaceEdit: ' .. table.concat(keys, ' ') .. '\nrenamed: ' .. tostring(renamed) .. '\n')
vim.cmd('qall!')
LUA
seen="$("$nvim" --headless -u NONE -i NONE -n -c 'luafile look.lua' 2>/dev/null | grep -E '^(workspaceEdit|renamed): ')"
echo "$seen"
if [ "$seen" != "workspaceEdit: resourceOperations
renamed: true" ]; then
    echo "Neovim no longer leaves documentChanges out, or does no file operation any more." >&2
    exit 1
fi
