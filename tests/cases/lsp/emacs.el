;; Emacs with Eglot, as an author uses it: a wrong tag is typed, its message is read, the fix is taken, a definition is looked
;; up, all is undone. Prints what is seen. $SITE is the site's folder, $NINEFOLD the program, $SETUP the lines of the guide.

(require 'package)
(package-initialize)
(load (getenv "SETUP"))
(require 'eglot)
(require 'markdown-mode)

(setq eglot-confirm-server-initiated-edits nil
      eglot-autoshutdown t
      create-lockfiles nil
      make-backup-files nil
      message-log-max nil)

(defun wait (what is-so)
  "Waits until IS-SO holds."
  (with-timeout (20 (princ (format "waited in vain for %s\n" what)) (kill-emacs 0))
    (while (not (funcall is-so)) (accept-process-output nil 0.02))))

(defun line (n)
  (save-excursion (goto-char (point-min)) (forward-line (1- n)) (buffer-substring (point) (line-end-position))))

(defun at (n words)
  "Goes to WORDS in line N."
  (goto-char (point-min))
  (forward-line (1- n))
  (search-forward words)
  (goto-char (match-beginning 0)))

(defun shown () (flymake-diagnostics))

(find-file (concat (getenv "SITE") "/content/essays/a.md"))
(buffer-enable-undo)
(setq before (buffer-string))
(call-interactively #'eglot)
(wait "the server" #'eglot-managed-p)

(undo-boundary)
(at 4 "lag]")
(forward-char 3)
(insert "g")
(undo-boundary)
(eglot--signal-textDocument/didChange)
(wait "a message" #'shown)
(let ((fault (car (shown))))
  (princ (format "message: %s\n" (replace-regexp-in-string "\n" " | " (flymake-diagnostic-text fault))))
  (goto-char (flymake-diagnostic-beg fault)))

(let ((actions (eglot-code-actions (point))))
  (setq action (seq-find (lambda (action) (equal (plist-get action :title) "Write `lag`")) actions))
  (princ (format "offered: %s\n" (plist-get action :title))))
(eglot--apply-workspace-edit (plist-get action :edit))
(undo-boundary)
(princ (format "fixed: %s\n" (line 4)))
(eglot--signal-textDocument/didChange)
(wait "no message" (lambda () (null (shown))))

;; A concept is a file, and Eglot renames none for a server.
(at 5 "gizmo")
(condition-case problem (eglot-rename "widget")
  (error (princ (format "refused: %s\n" (alist-get 'jsonrpc-error-message (cddr problem))))))
(princ (format "as it was: %s\n" (line 5)))

(let ((essay (current-buffer)))
  (xref-find-definitions "LSP identifier at point.")
  (princ (format "definition: %s\n" (file-name-nondirectory buffer-file-name)))
  (switch-to-buffer essay))

(setq last-command nil)
(undo)
(princ (format "undone: %s\n" (line 4)))
(undo-more 1)
(princ (format "as before: %s\n" (equal before (buffer-string))))
(set-buffer-modified-p nil)
(kill-emacs 0)
