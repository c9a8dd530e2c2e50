-- Neovim, as an author uses it: a wrong tag is typed, its message is read, the fix is taken, a concept is renamed, all is undone.
-- Prints what is seen. $SITE is the site's folder, $NINEFOLD the program.

local site = vim.env.SITE
local out = {}
local function say(...) table.insert(out, table.concat({ ... }, ' ')) end

local function finish()
  io.stdout:write(table.concat(out, '\n') .. '\n')
  vim.cmd('qall!')
end

local function wait(what, is_so)
  if not vim.wait(20000, is_so, 20) then
    say('waited in vain for ' .. what)
    finish()
  end
end

local function line(n) return vim.api.nvim_buf_get_lines(0, n - 1, n, false)[1] end

local function choose(words)
  vim.ui.select = function(items, options, chosen)
    for n, item in ipairs(items) do
      local shown = options.format_item and options.format_item(item) or item
      if shown:find(words, 1, true) then return chosen(item, n) end
    end
    say('nothing is offered that says ' .. words)
    chosen(nil)
  end
end

local function run()
  vim.opt.hidden = true
  vim.cmd('edit ' .. vim.fn.fnameescape(site .. '/content/essays/a.md'))
  local essay = vim.api.nvim_get_current_buf()
  local before = vim.api.nvim_buf_get_lines(essay, 0, -1, false)
  local id = vim.lsp.start_client({ name = 'ninefold', cmd = { vim.env.NINEFOLD, 'lsp' }, root_dir = site })
  vim.lsp.buf_attach_client(essay, id)
  wait('the server', function() return vim.lsp.get_client_by_id(id).initialized end)

  vim.cmd('4s/lag/lagg/')
  wait('a message', function() return #vim.diagnostic.get(essay) > 0 end)
  local fault = vim.diagnostic.get(essay)[1]
  say('message:', fault.lnum .. ':' .. fault.col, (fault.message:gsub('\n', ' | ')))

  vim.api.nvim_win_set_cursor(0, { fault.lnum + 1, fault.col })
  choose('Write `lag`')
  vim.lsp.buf.code_action()
  wait('the fix', function() return not line(4):find('lagg', 1, true) end)
  say('fixed:', line(4))
  wait('no message', function() return #vim.diagnostic.get(essay) == 0 end)

  vim.api.nvim_win_set_cursor(0, { 5, 12 })
  vim.lsp.buf.rename('widget')
  wait('the new name', function() return line(5):find('widget', 1, true) end)
  say('renamed:', line(5))
  for _, text in ipairs(vim.api.nvim_buf_get_lines(essay, 6, -1, false)) do
    if text ~= '' then say('text:', text) end
  end
  wait('the file', function() return vim.fn.filereadable(site .. '/content/concepts/widget.md') == 1 end)
  say('old file:', tostring(vim.fn.filereadable(site .. '/content/concepts/gizmo.md') == 1))

  vim.api.nvim_set_current_buf(essay)
  vim.cmd('undo')
  say('undone:', line(5))
  vim.cmd('undo')
  vim.cmd('undo')
  say('as before:', tostring(vim.deep_equal(before, vim.api.nvim_buf_get_lines(essay, 0, -1, false))))
  vim.lsp.stop_client(id)
  wait('the end of the server', function() return vim.lsp.client_is_stopped(id) end)
  finish()
end

local ok, problem = pcall(run)
if not ok then
  say('problem: ' .. tostring(problem))
  finish()
end
